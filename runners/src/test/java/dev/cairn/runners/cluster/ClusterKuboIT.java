package dev.cairn.runners.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cairn.io.store.kubo.RealKubo;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Workers that share no more than a node with the launcher, and a node that wants credentials: the
 * dataset is that of Direct, and nobody's logs, files or web page tell the secret.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ClusterKuboIT {
  private static final String TOKEN = "t0ken-77c1e09b";
  private static final Map<String, String> AUTH = Map.of("CAIRN_KUBO_AUTH", "bearer:" + TOKEN);

  @RegisterExtension static final RealKubo KUBO = new RealKubo();

  @TempDir static Path temp;
  private static Path input;
  private static TestCluster cluster;

  @BeforeAll
  static void start() throws IOException {
    KUBO.kill();
    KUBO.ipfs(
        "config",
        "--json",
        "API.Authorizations",
        "{\"one\": {\"AuthSecret\": \"bearer:%s\", \"AllowedPaths\": [\"/api/v0\"]}}"
            .formatted(TOKEN));
    KUBO.restart();
    input = Cases.write(temp.resolve("input"), 40, 60, 1);
    pack(input.resolve("packed.jsonl.gz"));
    cluster = TestCluster.start(new Cairn(temp.resolve("cluster-home"), AUTH), 2, 1);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  /** Some cases more that have no place before a worker has unpacked them. */
  private static void pack(Path file) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      for (int id = 100; id < 106; id++) {
        String line = "{\"id\": %d, \"casebody\": {\"opinions\": [{\"text\": \"Case %d.\"}]}}\n";
        out.write(line.formatted(id, id).getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static Object[] embed(Object... more) {
    Object[] words = {"embed", "caselaw", "--input", input, "--shard-records", 4};
    return Stream.concat(Stream.of(words), Stream.of(more)).toArray();
  }

  private static Object[] atNode() throws IOException {
    return embed(
        "--runner",
        "flink",
        "--flink-master",
        cluster.rest(),
        "--shared-store",
        "kubo",
        "--store",
        "kubo",
        "--kubo-api",
        KUBO.api());
  }

  @Test
  void givesTheDatasetOfDirectAndComputesNothingTwice() throws IOException {
    Cairn launcher = new Cairn(temp.resolve("home"), AUTH);
    JsonNode direct = new Cairn(temp.resolve("direct")).run(embed());
    JsonNode report = launcher.run(atNode());
    assertThat(report.path("dataset")).isEqualTo(direct.path("dataset"));
    assertThat(report.path("shards").path("computed")).isEqualTo(report.at("/shards/total"));
    assertThat(report.path("delivery").asText()).isEqualTo("delivered");
    assertThat(launcher.run("verify").path("missing")).isEmpty();
    assertThat(launcher.run(atNode()).at("/shards/computed").asInt()).isZero();
    assertThat(ipfs("files", "ls", "/cairn/actions")).isBlank();
    assertThat(ipfs("files", "ls", "/cairn/runs")).isBlank();
    assertThat(temp.resolve("cluster-home/packs")).as("a cache and no more").isEmptyDirectory();
  }

  @Test
  void whatAKilledLaunchersWorkersFinishedIsBroughtFromTheNode() throws Exception {
    Cairn launcher = new Cairn(temp.resolve("killed"), AUTH);
    Cairn.Running running = launcher.start(atNode());
    while (running.process().isAlive() && shardsAtTheNode() == 0) {
      Thread.sleep(20);
    }
    running.kill();
    running.await();
    JsonNode report = launcher.run(atNode());
    assertThat(report.path("dataset"))
        .isEqualTo(new Cairn(temp.resolve("again")).run(embed()).path("dataset"));
    assertThat(ipfs("files", "ls", "/cairn/runs")).isBlank();
  }

  private static long shardsAtTheNode() throws IOException {
    return ipfs("files", "ls", "/").contains("cairn")
            && ipfs("files", "ls", "/cairn").contains("actions")
        ? ipfs("files", "ls", "/cairn/actions")
            .lines()
            .filter(name -> name.startsWith("shard-"))
            .count()
        : 0;
  }

  private static String ipfs(String... words) throws IOException {
    return KUBO.ipfs(
        Stream.concat(Stream.of("--api-auth", "bearer:" + TOKEN), Stream.of(words))
            .toArray(String[]::new));
  }

  @Test
  void aNodeIsSharedWithAClusterOnly() throws Exception {
    Cairn launcher = new Cairn(temp.resolve("elsewhere"), AUTH);
    assertThat(launcher.start(embed("--runner", "flink", "--shared-store", "kubo")).await().code())
        .as("not on [local]")
        .isEqualTo(2);
  }

  @Test
  void nobodyTellsTheSecret() throws IOException {
    new Cairn(temp.resolve("secret"), AUTH).run(atNode());
    try (Stream<Path> files = Files.walk(temp)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(content).as(file.toString()).doesNotContain(TOKEN);
      }
    }
    HttpClient http = HttpClient.newHttpClient();
    URI page = URI.create("http://" + cluster.rest());
    for (String path : List.of("/config", "/jobmanager/config", "/jobmanager/environment")) {
      assertThat(get(http, page.resolve(path))).as(path).doesNotContain(TOKEN);
    }
    for (JsonNode job : new JsonMapper().readTree(get(http, page.resolve("/jobs"))).path("jobs")) {
      for (String about : List.of("", "/config", "/exceptions", "/plan")) {
        String path = "/jobs/" + job.path("id").asText() + about;
        assertThat(get(http, page.resolve(path))).as(path).doesNotContain(TOKEN);
      }
    }
  }

  private static String get(HttpClient http, URI address) throws IOException {
    try {
      HttpRequest request = HttpRequest.newBuilder(address).build();
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }
}
