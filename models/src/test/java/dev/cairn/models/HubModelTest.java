package dev.cairn.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cairn.io.store.http.BadAnswerException;
import dev.cairn.io.store.http.CredentialsException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of the hub: a real server that answers as the hub does, and the cache on this machine. */
class HubModelTest {
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
  private static final String NAME = "acme/sentences";
  private static final int LARGE = 100_000;

  @TempDir static Path shared;
  private static Path whole = Path.of(".");

  @TempDir private Path temp;
  private final Map<String, byte[]> files = new TreeMap<>();
  private final Map<String, byte[]> sent = new TreeMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private String token = "";

  @BeforeAll
  static void write() throws IOException {
    whole = SentenceFolders.write(shared.resolve("whole"), shared.resolve("cache"));
  }

  @BeforeEach
  void start() throws IOException {
    try (Stream<Path> all = Files.walk(whole)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(whole.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    files.put("pytorch_model.bin", new byte[] {1, 2, 3});
    files.put("modeling_evil.py", "import os".getBytes(StandardCharsets.UTF_8));
    sent.putAll(files);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      asked.add(path);
      String brought = exchange.getRequestHeaders().getFirst("Authorization");
      String resolved = "/" + NAME + "/resolve/" + COMMIT + "/";
      if (path.startsWith("/cdn/")) {
        assertThat(brought).as("no token for others").isNull();
        send(exchange, 200, bytes(sent, path.substring("/cdn/".length())));
      } else if (!token.isEmpty() && !("Bearer " + token).equals(brought)) {
        send(exchange, 401, "{\"error\": \"gated\"}".getBytes(StandardCharsets.UTF_8));
      } else if (path.equals("/api/models/" + NAME + "/revision/main")) {
        send(exchange, 200, listing());
      } else if (path.startsWith(resolved)) {
        String file = path.substring(resolved.length());
        if (bytes(files, file).length < LARGE) {
          send(exchange, 200, bytes(sent, file));
        } else {
          exchange.getResponseHeaders().set("Location", "/cdn/" + file);
          send(exchange, 302, new byte[0]);
        }
      } else {
        send(exchange, 404, "{\"error\": \"nothing\"}".getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static byte[] bytes(Map<String, byte[]> of, String file) {
    return Objects.requireNonNull(of.get(file), file);
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }

  private byte[] listing() throws IOException {
    JsonMapper json = JsonMapper.builder().build();
    ObjectNode listing = json.createObjectNode().put("id", NAME).put("sha", COMMIT);
    ArrayNode siblings = listing.putArray("siblings");
    files.forEach(
        (name, bytes) -> {
          ObjectNode file = siblings.addObject().put("rfilename", name);
          file.put("size", bytes.length).put("blobId", git(bytes));
          if (bytes.length >= LARGE) {
            file.putObject("lfs").put("sha256", digest("SHA-256", bytes)).put("size", bytes.length);
          }
        });
    return json.writeValueAsBytes(listing);
  }

  private static String git(byte[] bytes) {
    byte[] head = ("blob " + bytes.length + "\0").getBytes(StandardCharsets.US_ASCII);
    return digest("SHA-1", head, bytes);
  }

  private static String digest(String name, byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance(name);
      for (byte[] part : parts) {
        digest.update(part);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private HubAccess access(Map<String, String> more) {
    Map<String, String> environment = new TreeMap<>();
    environment.put("HF_ENDPOINT", "http://127.0.0.1:" + server.getAddress().getPort());
    environment.put("HF_HOME", temp.toString());
    environment.putAll(more);
    return HubAccess.of(environment);
  }

  private static ModelFolder open(HubAccess access) throws IOException {
    return ModelFolder.open(ModelRef.parse("hf://" + NAME), access);
  }

  @Test
  void fetchesWhatMakesTheModelAndNothingElseOnce() throws IOException {
    assertThat(open(access(Map.of())).files())
        .containsExactly(
            "1_Pooling/config.json",
            "config.json",
            "modules.json",
            "onnx/model.onnx",
            "tokenizer.json");
    Path repository = temp.resolve("hub/models--acme--sentences");
    assertThat(repository.resolve("refs/main")).hasContent(COMMIT);
    Path weights = repository.resolve("snapshots/" + COMMIT + "/onnx/model.onnx");
    assertThat(weights).isSymbolicLink().hasBinaryContent(bytes(files, "onnx/model.onnx"));
    assertThat(weights.toRealPath().getFileName())
        .hasToString(digest("SHA-256", bytes(files, "onnx/model.onnx")));
    assertThat(asked).noneMatch(path -> path.contains("evil") || path.contains("pytorch"));
    assertThat(repository.resolve("blobs").toFile().list()).hasSize(5);
    asked.clear();
    ModelFolder again = open(access(Map.of()));
    try (var in = again.open("config.json")) {
      assertThat(in.readAllBytes()).isEqualTo(bytes(files, "config.json"));
    }
    assertThat(asked).as("whether there are prompts").hasSize(1);
    stop();
    assertThat(open(access(Map.of())).files()).as("without a hub").hasSize(5);
  }

  @Test
  void asksNothingOnceAllIsHere() throws IOException {
    for (String optional : SentenceModel.OPTIONAL) {
      files.put(optional, "{\"max_seq_length\": 128}".getBytes(StandardCharsets.UTF_8));
    }
    sent.putAll(files);
    open(access(Map.of()));
    asked.clear();
    assertThat(open(access(Map.of())).files()).hasSize(7);
    assertThat(asked).isEmpty();
  }

  @Test
  void fetchesWhatAnotherProgramLeftOut() throws IOException {
    open(access(Map.of()));
    Path snapshot = temp.resolve("hub/models--acme--sentences/snapshots/" + COMMIT);
    Files.delete(snapshot.resolve("onnx/model.onnx"));
    asked.clear();
    open(access(Map.of()));
    assertThat(asked).as("the bytes are here").hasSize(1);
    assertThat(snapshot.resolve("onnx/model.onnx")).exists();
  }

  @Test
  void refusesBytesThatAreNotThoseOfTheListing() throws IOException {
    byte[] flipped = bytes(files, "onnx/model.onnx").clone();
    flipped[flipped.length / 2] ^= 1;
    sent.put("onnx/model.onnx", flipped);
    assertThatExceptionOfType(ModelFilesException.class)
        .isThrownBy(() -> open(access(Map.of())))
        .withMessageContaining(digest("SHA-256", flipped));
    sent.put("onnx/model.onnx", bytes(files, "onnx/model.onnx"));
    byte[] longer =
        Arrays.copyOf(bytes(sent, "tokenizer.json"), bytes(sent, "tokenizer.json").length + 1);
    sent.put("tokenizer.json", longer);
    assertThatExceptionOfType(BadAnswerException.class)
        .isThrownBy(() -> open(access(Map.of())))
        .withMessageContaining("more than " + (longer.length - 1) + " bytes");
    assertThat(temp.resolve("hub/models--acme--sentences/refs")).doesNotExist();
  }

  @Test
  void fetchesNothingWhereThatIsSwitchedOff() throws IOException {
    for (String name : List.of("TRANSFORMERS_PATCH_DISABLE", "HF_HUB_OFFLINE")) {
      assertThatExceptionOfType(UnsupportedModelException.class)
          .isThrownBy(() -> open(access(Map.of(name, "1"))))
          .withMessageContaining(name + " is set");
    }
    assertThat(asked).isEmpty();
    assertThatExceptionOfType(UnsupportedModelException.class)
        .isThrownBy(() -> open(access(Map.of("HF_ENDPOINT", "https://mirror/hf"))));
    open(access(Map.of("HF_HUB_OFFLINE", "0")));
    assertThat(open(access(Map.of("HF_HUB_OFFLINE", "1"))).files()).hasSize(5);
    assertThat(open(access(Map.of("HF_HUB_OFFLINE", "1")).fetching(true)).files()).hasSize(5);
  }

  @Test
  void asksWithTheTokenOfItsEnvironment() throws IOException {
    token = "hf_5f0c1d7a";
    assertThatExceptionOfType(CredentialsException.class)
        .isThrownBy(() -> open(access(Map.of("HF_TOKEN", "other"))));
    assertThat(open(access(Map.of("HF_TOKEN", token))).files()).hasSize(5);
    assertThatExceptionOfType(UnsupportedModelException.class)
        .isThrownBy(() -> open(access(Map.of("HF_TOKEN", "two words"))))
        .withMessageNotContaining("two words");
  }

  @Test
  void namesARepositoryThatIsNotThere() {
    assertThatExceptionOfType(UnsupportedModelException.class)
        .isThrownBy(() -> ModelFolder.open(ModelRef.parse("hf://acme/none@v1"), access(Map.of())))
        .withMessageContaining("hf://acme/none@v1");
  }

  @Test
  void refusesAListingWithoutDigests() {
    files.clear();
    sent.clear();
    server.removeContext("/");
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            send(
                exchange,
                200,
                ("{\"sha\": \"" + COMMIT + "\", \"siblings\": [{\"rfilename\": \"a\"}]}")
                    .getBytes(StandardCharsets.UTF_8));
          }
        });
    assertThatExceptionOfType(BadAnswerException.class)
        .isThrownBy(() -> open(access(Map.of())))
        .withMessageContaining("digest and size");
  }
}
