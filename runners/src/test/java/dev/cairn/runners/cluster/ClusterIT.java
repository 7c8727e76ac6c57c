package dev.cairn.runners.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same runs as on Direct, on a JobManager and two TaskManagers. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ClusterIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir static Path temp;
  private static Path input;
  private static Cairn cairn;
  private static TestCluster cluster;
  private static JsonNode direct;

  @BeforeAll
  static void start() throws IOException {
    input = Cases.write(temp.resolve("input"), 40, 60, 1);
    cluster = TestCluster.start(new Cairn(temp.resolve("cluster-home")), 2, 2);
    cairn = new Cairn(temp.resolve("home"));
    direct = cairn.run(embed(input, "direct"));
  }

  @AfterAll
  static void stop() {
    List<Long> pids =
        Stream.concat(Stream.of(cluster.jobManager()), cluster.taskManagerPids().stream()).toList();
    assertThat(pids).hasSize(3);
    cluster.close();
    assertThat(pids.stream().map(ProcessHandle::of).flatMap(Optional::stream))
        .noneMatch(process -> process.info().command().isPresent());
    assertThat(temp.resolve("cluster-home/cluster/tmp")).doesNotExist();
  }

  private static Object[] embed(Path input, String ref, Object... more) {
    Object[] words = {"embed", "caselaw", "--input", input, "--shard-records", 4, "--ref", ref};
    return Stream.concat(Stream.of(words), Stream.of(more)).toArray();
  }

  private static Object[] onFlink(Path input, String ref, Object... more) {
    Object[] words = {"--runner", "flink", "--flink-master", cluster.rest()};
    return embed(input, ref, Stream.concat(Stream.of(words), Stream.of(more)).toArray());
  }

  private static Object[] onFlink(String ref, Object... more) {
    return onFlink(input, ref, more);
  }

  /** Lets a home compute all shards again, with what it knows of the model. */
  private static void forgetShards(Cairn cairn) throws IOException {
    for (Path action : shards(cairn)) {
      Files.delete(action);
    }
  }

  private static List<Path> shards(Cairn cairn) throws IOException {
    Path actions = cairn.home().resolve("actions");
    if (!Files.exists(actions)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(actions)) {
      return all.filter(file -> file.getFileName().toString().startsWith("shard-")).toList();
    }
  }

  /** What a run leaves beside its commit. */
  private static JsonNode reportOf(Cairn cairn, JsonNode result) throws IOException {
    List<JsonNode> found = new ArrayList<>();
    try (Stream<Path> runs = Files.list(cairn.home().resolve("runs"))) {
      for (Path run : runs.toList()) {
        JsonNode report = JSON.readTree(run.resolve("report.json").toFile());
        if (report.path("commit").equals(result.path("commit"))) {
          found.add(report);
        }
      }
    }
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  @Test
  void givesTheDatasetOfDirectAtEveryParallelism() throws IOException {
    for (int parallelism : new int[] {1, 2, 4, 8}) {
      forgetShards(cairn);
      JsonNode report = cairn.run(onFlink("flink" + parallelism, "--parallelism", parallelism));
      assertThat(report.path("dataset")).as("%d", parallelism).isEqualTo(direct.path("dataset"));
      assertThat(report.path("shards").path("computed")).isEqualTo(report.at("/shards/total"));
    }
    JsonNode again = cairn.run(onFlink("flink8"));
    assertThat(again.path("shards").path("computed").asInt()).isZero();
  }

  @Test
  void convertsToTheFilesOfDirect() throws IOException {
    Path table = Files.writeString(temp.resolve("table.jsonl"), "{\"a\":1}\n{\"a\":2}\n");
    Object[] words = {"convert", table, "store:", "--to", "arrow"};
    JsonNode here = new Cairn(temp.resolve("convert-home")).run(words);
    Object[] there = {"--runner", "flink", "--flink-master", cluster.rest()};
    JsonNode onFlink = cairn.run(Stream.concat(Stream.of(words), Stream.of(there)).toArray());
    assertThat(onFlink).isEqualTo(here);
  }

  @Test
  void tellsTheSameMetricsAsDirect() throws IOException {
    Cairn other = new Cairn(temp.resolve("metrics"));
    JsonNode onFlink = reportOf(other, other.run(onFlink("metrics"))).path("metrics");
    JsonNode onDirect = reportOf(cairn, direct).path("metrics");
    assertThat(onFlink.fieldNames()).toIterable().containsExactlyElementsOf(onDirect::fieldNames);
    for (String counter : List.of("documents", "chunks", "tokens", "bytes")) {
      assertThat(onFlink.path(counter)).as(counter).isEqualTo(onDirect.path(counter));
      assertThat(onFlink.path(counter).asLong()).isPositive();
    }
    assertThat(onFlink.at("/embed_millis/count")).isEqualTo(direct.at("/shards/computed"));
    assertThat(onFlink.at("/write_millis/count")).isEqualTo(direct.at("/shards/computed"));
    try (Stream<Path> left = Files.walk(other.home().resolve("runs"))) {
      assertThat(left.filter(Files::isRegularFile))
          .extracting(file -> file.getFileName().toString())
          .containsExactlyInAnyOrder("report.html", "report.json");
    }
  }

  @Test
  void aRunThatIsToldToEndCancelsItsJobAndMovesNoRef() throws Exception {
    Path much = Cases.write(temp.resolve("much"), 300, 400, 2);
    Cairn told = new Cairn(temp.resolve("told"));
    Object[] words = onFlink(much, "told");
    Cairn.Running attached = told.start(words);
    awaitShards(told, 1);
    attached.process().destroy();
    assertThat(attached.await().code()).isEqualTo(143);
    awaitFreeSlots();
    int before = shards(told).size();
    Object[] detach = Stream.concat(Stream.of(words), Stream.of("--detach")).toArray();
    String run = told.run(detach).path("run").asText();
    awaitShards(told, before + 1);
    assertThat(told.run("jobs").path("state").asText()).isEqualTo("running");
    told.run("jobs", "cancel", run);
    assertThat(told.start("jobs", "watch", run).await().code()).isEqualTo(143);
    assertThat(told.run("jobs").path("state").asText()).isEqualTo("cancelled");
    awaitFreeSlots();
    assertThat(told.run("refs").isMissingNode()).isTrue();
  }

  @Test
  void aDetachedRunGoesOnAndEndsAsItWouldHave() throws Exception {
    forgetShards(cairn);
    String run = cairn.run(onFlink("detached", "--detach")).path("run").asText();
    Cairn.Ended watched = cairn.start("jobs", "watch", run).await();
    assertThat(watched.code()).as(watched.err()).isZero();
    assertThat(watched.json().path("dataset")).isEqualTo(direct.path("dataset"));
    assertThat(watched.err()).contains("10 shards, 10 to compute").doesNotContain("Exception");
  }

  @Test
  void aStoreThatWorkersDoNotSeeIsRefused() throws Exception {
    Cairn hidden = new Cairn(temp.resolve("hidden"));
    Cairn.Running running = hidden.start(onFlink("hidden"));
    // What a worker on another machine would see: no such folder.
    while (running.process().isAlive()) {
      spoil(temp.resolve("hidden/runs"));
    }
    Cairn.Ended ended = running.await();
    assertThat(ended.code()).as(ended.err()).isEqualTo(2);
    assertThat(ended.err()).contains("Cannot use store on a worker");
  }

  private static void spoil(Path runs) throws IOException {
    if (Files.isDirectory(runs)) {
      try (Stream<Path> all = Files.list(runs)) {
        for (Path run : all.toList()) {
          Files.deleteIfExists(run.resolve("proof"));
        }
      }
    }
  }

  private static void awaitShards(Cairn cairn, int count) throws Exception {
    while (shards(cairn).size() < count) {
      Thread.sleep(100);
    }
  }

  private static void awaitFreeSlots() throws InterruptedException {
    while (cluster.status().path("slots_free").asInt() < 4) {
      Thread.sleep(100);
    }
  }
}
