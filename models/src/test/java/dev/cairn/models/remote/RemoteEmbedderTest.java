package dev.cairn.models.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.cairn.io.store.http.BadAnswerException;
import dev.cairn.io.store.http.Credentials;
import dev.cairn.io.store.http.CredentialsException;
import dev.cairn.io.store.http.RefusedException;
import dev.cairn.io.store.http.UnavailableException;
import dev.cairn.models.ModelFiles;
import dev.cairn.models.ModelIdentity;
import dev.cairn.models.ModelRef;
import dev.cairn.models.ModelSpec;
import dev.cairn.models.embed.InferencePool;
import dev.cairn.models.embed.NumericsProbe;
import dev.cairn.models.remote.EmbeddingsServer.Fault;
import dev.cairn.models.token.TextTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A real server, over a real model, that fails in all the ways that servers do. */
class RemoteEmbedderTest {
  /** A quarter of it is silence that is borne: more than a busy machine needs for an answer. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private static final RemoteLimits LIMITS = new RemoteLimits(3, 0, PATIENCE);

  /** Vectors go over the wire as decimals, and are brought to norm 1 again. */
  private static final float ROUNDING = 1e-6f;

  @TempDir static Path temp;
  private static TextTokenizer tokenizer;
  private static InferencePool local;
  private EmbeddingsServer server;

  @BeforeAll
  static void load() throws IOException {
    ModelFiles files = ModelFiles.of(ModelRef.parse("builtin:all-MiniLM-L6-v2-q"), temp);
    tokenizer = TextTokenizer.open(files);
    local = InferencePool.acquire(files, 256);
  }

  @AfterAll
  static void free() {
    local.close();
    tokenizer.close();
  }

  @BeforeEach
  void start() throws IOException {
    server = new EmbeddingsServer(local);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private RemoteEmbedder open(RemoteLimits limits, Credentials key) throws IOException {
    ModelSpec spec = ModelSpec.remote(EmbeddingsServer.MODEL, 384);
    ModelIdentity identity = ModelIdentity.of(spec, 256, "0".repeat(64));
    return RemoteEmbedder.open(
        ModelRef.parse(server.reference()).remote().orElseThrow(),
        tokenizer,
        identity,
        limits,
        key);
  }

  private RemoteEmbedder open() throws IOException {
    return open(LIMITS, Credentials.none());
  }

  private RemoteModel model() {
    return RemoteModel.of(
        ModelRef.parse(server.reference()).remote().orElseThrow(), LIMITS, Credentials.none());
  }

  private static List<String> texts(int count) {
    return IntStream.range(0, count).mapToObj(i -> "The stone number " + i + " is grey.").toList();
  }

  private static void areThoseOfTheModel(List<float[]> vectors, List<String> texts) {
    List<float[]> wanted = local.embed(texts);
    assertThat(vectors).hasSameSizeAs(texts);
    for (int i = 0; i < texts.size(); i++) {
      assertThat(vectors.get(i)).containsExactly(wanted.get(i), within(ROUNDING));
    }
  }

  @Test
  void givesTheModelsVectorsInOrder() throws IOException {
    List<String> texts = texts(300);
    try (RemoteEmbedder embedder = open()) {
      areThoseOfTheModel(embedder.embed(texts), texts);
    }
    assertThat(server.answered()).allMatch(batch -> batch.size() <= RemoteLimits.TEXTS);
    assertThat(server.answered().stream().mapToInt(List::size).sum()).isEqualTo(300);
    assertThat(server.mostAtOnce()).isBetween(2, 3);
  }

  @Test
  void sendsNoMoreTokensAtOnceThanAreAllowed() throws IOException {
    String text = "stone ".repeat(250);
    List<String> texts = IntStream.range(0, 80).mapToObj(i -> text + i).toList();
    try (RemoteEmbedder embedder = open(new RemoteLimits(1, 0, PATIENCE), Credentials.none())) {
      areThoseOfTheModel(embedder.embed(texts), texts);
    }
    int tokens = tokenizer.encode(text + 1, 256).length;
    assertThat(server.answered()).allMatch(batch -> batch.size() * tokens <= RemoteLimits.TOKENS);
    assertThat(server.answered()).anyMatch(batch -> batch.size() == RemoteLimits.TOKENS / tokens);
  }

  @Test
  void keepsToTheQuota() throws IOException {
    String text = "stone ".repeat(200);
    long start = System.nanoTime();
    try (RemoteEmbedder embedder =
        open(new RemoteLimits(1, 12_000, PATIENCE), Credentials.none())) {
      embedder.embed(List.of(text));
      embedder.embed(List.of(text));
    }
    // The second one waits until the first one's 202 tokens are paid for, at 200 a second.
    assertThat(System.nanoTime() - start).isGreaterThan(Duration.ofMillis(900).toNanos());
  }

  @ParameterizedTest
  @EnumSource(names = {"BUSY", "DOWN", "STALL", "CUT"})
  void asksAgainWhatMayPass(Fault fault) throws IOException {
    server.fail(number -> number <= 2 ? fault : Fault.NONE);
    List<String> texts = texts(40);
    RemoteLimits limits = new RemoteLimits(3, 0, Duration.ofSeconds(24));
    try (RemoteEmbedder embedder = open(limits, Credentials.none())) {
      areThoseOfTheModel(embedder.embed(texts), texts);
    }
    assertThat(server.requests()).isGreaterThan(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FEW|1 vectors for 2 texts (one each)",
        "WIDE|a vector of 385 floats (384)",
        "ZERO|a vector of length 0.0 (finite and above 0)",
        "TWICE|a vector of index 0 (0 to 1, each once)",
        "GARBAGE|an answer that is no JSON"
      })
  void namesWhatCannotBeUsed(Fault fault, String said) throws IOException {
    server.fail(number -> fault);
    try (RemoteModel model = model()) {
      assertThatExceptionOfType(BadAnswerException.class)
          .isThrownBy(() -> model.ask(texts(2), 384))
          .withMessageContaining(said)
          .withMessageContaining(EmbeddingsServer.MODEL);
    }
  }

  @Test
  void asksInPartsWhatIsTooMuchAtOnce() throws IOException {
    server.limit(3);
    List<String> texts = texts(50);
    try (RemoteEmbedder embedder = open()) {
      areThoseOfTheModel(embedder.embed(texts), texts);
      server.limit(0);
      assertThatExceptionOfType(RefusedException.class)
          .isThrownBy(() -> embedder.embed(texts(2)))
          .withMessageContaining("HTTP 413")
          .withMessageContaining("batch size");
    }
  }

  @Test
  void givesUpOnAServerThatIsGone() throws IOException {
    RemoteLimits limits = new RemoteLimits(3, 0, Duration.ofSeconds(8));
    try (RemoteEmbedder embedder = open(limits, Credentials.none())) {
      embedder.embed(texts(1));
      server.close();
      assertThatExceptionOfType(UnavailableException.class)
          .isThrownBy(() -> embedder.embed(texts(500)));
      assertThatExceptionOfType(UnavailableException.class)
          .isThrownBy(() -> embedder.embed(texts(1)));
    }
  }

  @Test
  void sendsItsTokenAndNeverTellsIt() throws IOException {
    String secret = "sk-9e4b62c8";
    server.want(secret);
    Credentials key = RemoteKey.of(Map.of(RemoteKey.VARIABLE, secret));
    try (RemoteEmbedder embedder = open(LIMITS, key)) {
      areThoseOfTheModel(embedder.embed(texts(2)), texts(2));
    }
    Path file = Files.writeString(temp.resolve("key"), "other-" + secret + "\n");
    Credentials other = RemoteKey.of(Map.of(RemoteKey.VARIABLE + "_FILE", file.toString()));
    try (RemoteEmbedder embedder = open(LIMITS, other)) {
      assertThatExceptionOfType(CredentialsException.class)
          .isThrownBy(() -> embedder.embed(texts(2)))
          .withMessageContaining("HTTP 401")
          .withMessageNotContaining(secret);
    }
    for (String wrong : List.of("two words", "li\nnes")) {
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> RemoteKey.of(Map.of(RemoteKey.VARIABLE, wrong)))
          .withMessageNotContaining(wrong);
    }
  }

  @Test
  void findsWhatItsModelIs() throws IOException {
    server.limit(3);
    try (RemoteModel model = model()) {
      areThoseOfTheModel(model.probe(), NumericsProbe.TEXTS);
      server.fail(number -> Fault.WIDE);
      assertThat(model.probe()).allMatch(vector -> vector.length == 385);
    }
  }

  @Test
  void countsTokensAndRefusesALongText() throws IOException {
    try (RemoteEmbedder embedder = open()) {
      assertThat(embedder.submit("word ".repeat(300))).isCompletedExceptionally();
    }
    assertThat(server.requests()).isZero();
  }
}
