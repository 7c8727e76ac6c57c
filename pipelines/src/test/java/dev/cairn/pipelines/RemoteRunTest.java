package dev.cairn.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.models.ModelFiles;
import dev.cairn.models.ModelRef;
import dev.cairn.models.embed.InferencePool;
import dev.cairn.models.embed.NumericsProbe;
import dev.cairn.models.remote.EmbeddingsServer;
import dev.cairn.models.remote.EmbeddingsServer.Fault;
import dev.cairn.models.remote.RemoteLimits;
import dev.cairn.models.use.ModelAccess;
import dev.cairn.pipelines.search.SearchException;
import dev.cairn.pipelines.search.SearchMode;
import dev.cairn.pipelines.search.SearchQuery;
import dev.cairn.pipelines.search.SearchSession;
import dev.cairn.transforms.embed.AnsweredVectors;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs with a model behind an endpoint: a real server over a real model. */
class RemoteRunTest {
  private static final int CASES = 40;
  private static final RemoteLimits LIMITS = new RemoteLimits(2, 0, Duration.ofMinutes(4));

  /** For a server that is down. */
  private static final RemoteLimits IMPATIENT = new RemoteLimits(2, 0, Duration.ofSeconds(8));

  @TempDir static Path models;
  private static InferencePool minilm;
  private static InferencePool bge;

  private Path temp = Path.of(".");
  private EmbeddingsServer server;
  private Path input;
  private Runs runs = Runs.of(Path.of("."));

  @BeforeAll
  static void load() throws IOException {
    minilm = pool("builtin:all-MiniLM-L6-v2-q");
    bge = pool("builtin:bge-small-en-v1.5-q");
  }

  private static InferencePool pool(String reference) throws IOException {
    return InferencePool.acquire(ModelFiles.of(ModelRef.parse(reference), models), 256);
  }

  @AfterAll
  static void free() {
    minilm.close();
    bge.close();
  }

  @BeforeEach
  void start() throws IOException {
    temp = Files.createTempDirectory("cairn-remote");
    server = new EmbeddingsServer(minilm);
    input = Cases.write(temp.resolve("input"), CASES);
    runs = at("home");
  }

  /**
   * A run that fails leaves workers of Beam's behind that end a little later, and write so long.
   */
  @AfterEach
  void stop() throws IOException, InterruptedException {
    server.close();
    for (int i = 0; i < 100; i++) {
      try {
        ReplacedFile.delete(temp);
        return;
      } catch (FileSystemException e) {
        Thread.sleep(100);
      }
    }
    ReplacedFile.delete(temp);
  }

  private Runs at(String home) {
    return Runs.of(temp.resolve(home), input)
        .withModel(server.reference())
        .withLimits(LIMITS)
        .withShardRecords(8);
  }

  /** Texts of documents that were answered. */
  private List<String> answered() {
    return server.answered().stream()
        .flatMap(List::stream)
        .filter(text -> !NumericsProbe.TEXTS.contains(text))
        .toList();
  }

  @Test
  void asksForNothingThatIsKnown() throws IOException {
    RunReport first = runs.run();
    assertThat(answered()).hasSize(CASES).doesNotHaveDuplicates();
    assertThat(runs.run().commit()).isEqualTo(first.commit());
    Cases.add(input, CASES + 1);
    RunReport second = runs.run();
    assertThat(second.embeddedChunks()).isEqualTo(1);
    assertThat(answered()).hasSize(CASES + 1).doesNotHaveDuplicates();
    assertThat(at("fresh").run().dataset()).isEqualTo(second.dataset());
  }

  @Test
  void asksOnceForEqualTextsOfAShard() throws IOException {
    for (int id = 100; id < 130; id++) {
      Cases.add(input, id, id + ".json", "Affirmed.");
    }
    RunReport report = runs.withShardRecords(1000).run();
    assertThat(report.chunks()).isEqualTo(CASES + 30);
    assertThat(report.embeddedChunks()).isEqualTo(CASES + 1);
    assertThat(answered()).hasSize(CASES + 1).doesNotHaveDuplicates();
  }

  @Test
  void namesAServerThatDiesAndGoesOnWhereItDied() throws IOException {
    server.fail(number -> number > 3 ? Fault.DOWN : Fault.NONE);
    assertThatExceptionOfType(PipelineExecutionException.class)
        .isThrownBy(runs.withLimits(IMPATIENT)::run)
        .withStackTraceContaining("HTTP 503: overloaded")
        .withStackTraceContaining(EmbeddingsServer.MODEL);
    int before = answered().size();
    assertThat(before).isBetween(1, CASES - 1);
    server.fail(number -> Fault.NONE);
    RunReport report = runs.run();
    assertThat(answered()).as("no text is asked twice").hasSize(CASES).doesNotHaveDuplicates();
    assertThat(report.dataset()).isEqualTo(at("fresh").run().dataset());
    assertThat(temp.resolve("home/cache/answers")).isEmptyDirectory();
  }

  @Test
  void endsAtAnAnswerThatCannotBeUsed() {
    server.fail(number -> number > 2 ? Fault.WIDE : Fault.NONE);
    assertThatExceptionOfType(PipelineExecutionException.class)
        .isThrownBy(runs::run)
        .withStackTraceContaining("a vector of 385 floats (384)");
  }

  @Test
  void knowsAModelWhoseLastBitsDiffer() throws IOException {
    server.shake(0.0005f);
    RunReport first = runs.run();
    Cases.add(input, CASES + 1);
    RunReport second = runs.run();
    assertThat(second.embeddedChunks()).isEqualTo(1);
    Cid dataset = Cid.parse(String.valueOf(second.dataset()));
    try (TieredStore store = runs.policy().open()) {
      assertThat(Manifests.read(store, dataset).model())
          .isEqualTo(Manifests.read(store, Cid.parse(String.valueOf(first.dataset()))).model())
          .containsEntry("name", EmbeddingsServer.MODEL);
      assertThat(new SampleCheck(store, dataset).compare(10).isWithinTolerance()).isTrue();
    }
  }

  @Test
  void staysItsOwnModelThroughForgettingAndAnotherEndpointOfTheName() throws IOException {
    server.shake(0.0005f);
    Cid dataset = Cid.parse(String.valueOf(runs.run().dataset()));
    try (TieredStore store = runs.policy().open();
        EmbeddingsServer other = new EmbeddingsServer(bge)) {
      QueryVector.of(store, ModelAccess.standard(), other.reference(), "a query");
      store.local().actions().remove(store.local().actions().keys());
      assertThat(new SampleCheck(store, dataset).compare(10).isWithinTolerance()).isTrue();
      assertThat(other.answered()).as("the probe and the query").hasSize(2);
    }
    server.shake(-0.0004f);
    Cases.add(input, CASES + 1);
    RunReport again = runs.run();
    assertThat(
            Manifests.read(runs.policy().open(), Cid.parse(String.valueOf(again.dataset())))
                .model())
        .isEqualTo(Manifests.read(runs.policy().open(), dataset).model());
  }

  @Test
  void namesTheDocumentWhoseTextIsRefused() {
    server.refuse("Case 7 ");
    assertThatExceptionOfType(PipelineExecutionException.class)
        .isThrownBy(runs::run)
        .withStackTraceContaining("cap:7")
        .withStackTraceContaining("HTTP 413");
    assertThat(answered()).as("its neighbours").hasSizeGreaterThan(1);
  }

  @Test
  void searchesAndRefusesAnotherModelOfTheName() throws IOException {
    Cid dataset = Cid.parse(String.valueOf(runs.run().dataset()));
    SearchQuery query = new SearchQuery("Case 7 rights", 3, null, false, SearchMode.VECTOR);
    try (TieredStore store = runs.policy().open()) {
      try (SearchSession session = SearchSession.open(store, dataset, null, false)) {
        assertThat(session.search(query)).hasSize(3);
      }
      try (SearchSession session = SearchSession.open(store, dataset, server.reference(), false)) {
        assertThat(session.search(query).get(0).id()).isEqualTo("cap:7");
      }
      server.serve(bge);
      try (SearchSession session = SearchSession.open(store, dataset, null, false)) {
        assertThatExceptionOfType(SearchException.class)
            .isThrownBy(() -> session.search(query))
            .withMessageContaining("other vectors");
        server.fail(number -> Fault.DOWN);
        SearchQuery words = new SearchQuery("Case 7", 3, null, false, SearchMode.KEYWORD);
        assertThat(session.search(words)).as("asks no endpoint").hasSize(3);
        server.fail(number -> Fault.NONE);
      }
    }
    assertThatExceptionOfType(NumericsChangedException.class).isThrownBy(runs::run);
    assertThat(runs.withNumerics(Numerics.RECOMPUTE).run().embeddedChunks()).isEqualTo(CASES);
    server.serve(minilm);
    assertThat(runs.withNumerics(Numerics.RECOMPUTE).run().dataset())
        .as("seen before")
        .isEqualTo(dataset.toString());
  }

  @Test
  void answersOfShardsThatNeverBecameWholeCanBeRemoved() throws IOException {
    runs = runs.withShardRecords(1000); // more than a request takes
    server.fail(number -> number > 2 ? Fault.DOWN : Fault.NONE);
    assertThatExceptionOfType(PipelineExecutionException.class)
        .isThrownBy(runs.withLimits(IMPATIENT)::run);
    Path cache = temp.resolve("home/cache");
    assertThat(cache.resolve("answers")).isNotEmptyDirectory();
    AnsweredVectors.remove(cache, Duration.ofHours(1));
    assertThat(cache.resolve("answers")).isNotEmptyDirectory();
    Path one;
    try (var files = Files.list(cache.resolve("answers"))) {
      one = files.filter(file -> file.toFile().length() > 0).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(one);
    bytes[bytes.length - 20] ^= 1; // the last vector
    Files.write(one, bytes);
    server.fail(number -> Fault.NONE);
    runs.run();
    assertThat(answered()).as("one of them again").hasSize(CASES + 1);
    AnsweredVectors.remove(cache, Duration.ZERO);
    assertThat(cache.resolve("answers")).isEmptyDirectory();
  }
}
