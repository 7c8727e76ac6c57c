package dev.cairn.runners.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same runs as on Direct, on a JobManager and two TaskManagers. */
class ClusterIT {
  @TempDir static Path temp;
  private static Path input;
  private static TestCluster cluster;
  private static String rest;

  @BeforeAll
  static void start() throws IOException {
    input = Cases.write(temp.resolve("input"), 40, 60, 1);
    cluster = TestCluster.start(new Cairn(temp.resolve("cluster-home")), 2, 2);
    rest = cluster.rest();
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

  private static JsonNode embed(String home, Object... more) {
    Object[] words = {"embed", "caselaw", "--input", input, "--shard-records", 4};
    return new Cairn(temp.resolve(home))
        .run(Stream.concat(Stream.of(words), Stream.of(more)).toArray());
  }

  @Test
  void givesTheDatasetOfDirectAtEveryParallelism() {
    String dataset = embed("direct").path("dataset").asText();
    assertThat(dataset).isNotEmpty();
    for (int parallelism : new int[] {1, 2, 4, 8}) {
      JsonNode report =
          embed(
              "flink-" + parallelism,
              "--runner",
              "flink",
              "--flink-master",
              rest,
              "--parallelism",
              parallelism);
      assertThat(report.path("dataset").asText())
          .as("parallelism %d", parallelism)
          .isEqualTo(dataset);
      assertThat(report.path("shards").path("computed").asInt()).isGreaterThan(4);
    }
    JsonNode again = embed("flink-8", "--runner", "flink", "--flink-master", rest);
    assertThat(again.path("shards").path("computed").asInt()).isZero();
  }

  @Test
  void leavesNothingOfARunBehind() throws IOException {
    embed("tidy", "--runner", "flink", "--flink-master", rest);
    try (Stream<Path> runs = Files.list(temp.resolve("tidy/runs"))) {
      assertThat(runs).isEmpty();
    }
  }

  @Test
  void aRunThatIsToldToEndCancelsItsJobAndMovesNoRef() throws Exception {
    Path much = Cases.write(temp.resolve("much"), 300, 400, 2);
    Cairn cairn = new Cairn(temp.resolve("told"));
    Cairn.Running running =
        cairn.start(
            "embed",
            "caselaw",
            "--input",
            much,
            "--shard-records",
            8,
            "--runner",
            "flink",
            "--flink-master",
            rest);
    Path actions = temp.resolve("told/actions");
    while (shards(actions) == 0) {
      Thread.sleep(100);
    }
    running.process().destroy();
    assertThat(running.await().code()).isEqualTo(143);
    while (cluster.status().path("slots_free").asInt() < 4) {
      Thread.sleep(100);
    }
    assertThat(cairn.run("refs").isMissingNode()).isTrue();
  }

  private static long shards(Path actions) throws IOException {
    if (!Files.exists(actions)) {
      return 0;
    }
    try (Stream<Path> all = Files.walk(actions)) {
      return all.filter(file -> file.getFileName().toString().startsWith("shard-")).count();
    }
  }
}
