package dev.cairn.runners.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Processes of a cluster killed at seeded moments of a run: the dataset is the same, and what had
 * an action then is not computed again. {@code cairn.proof.kills} tells how many moments, {@code
 * cairn.proof.seed} which.
 */
@Tag("proof")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ClusterSurvivalIT {
  /** How a shell tells of SIGKILL. */
  private static final int KILLED = 137;

  @TempDir static Path temp;
  private static Path input;
  private static TestCluster cluster;
  private static String rest;
  private static String dataset;
  private static long millis;
  private static int runs;

  @BeforeAll
  static void start() throws IOException {
    input = Cases.write(temp.resolve("input"), 160, 300, 1);
    cluster = TestCluster.start(new Cairn(temp.resolve("cluster-home")), 2, 1);
    rest = cluster.rest();
    Cairn direct = new Cairn(temp.resolve("direct"));
    dataset =
        direct
            .run("embed", "caselaw", "--input", input, "--shard-records", 8)
            .path("dataset")
            .asText();
    embed(new Cairn(temp.resolve("first"))).await(); // the JVMs of the cluster are warm then
    long start = System.nanoTime();
    Cairn.Ended undisturbed = embed(new Cairn(temp.resolve("undisturbed"))).await();
    millis = (System.nanoTime() - start) / 1_000_000;
    assertThat(undisturbed.json().path("dataset").asText()).isEqualTo(dataset);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @BeforeEach
  void heal() {
    cluster.heal();
  }

  static Stream<Long> moments() {
    Random random = new Random(Long.getLong("cairn.proof.seed", 1));
    return IntStream.range(0, Integer.getInteger("cairn.proof.kills", 2))
        .mapToObj(i -> (long) (random.nextDouble() * millis));
  }

  private static Cairn.Running embed(Cairn cairn) throws IOException {
    return cairn.start(
        "embed",
        "caselaw",
        "--input",
        input,
        "--shard-records",
        8,
        "--runner",
        "flink",
        "--flink-master",
        rest,
        "--parallelism",
        2);
  }

  /** A run, and at some moment of it something else. */
  private static Cairn.Ended disturbed(long moment, Disturbance disturbance) throws Exception {
    Cairn cairn = new Cairn(temp.resolve("run-" + runs++));
    Cairn.Running running = embed(cairn);
    Thread.sleep(moment);
    Map<Path, FileTime> before = actions(cairn.home());
    disturbance.happens(running);
    Cairn.Ended ended = running.await();
    if (ended.code() == KILLED) {
      ended = embed(cairn).await(); // of a client that was killed
    }
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(actions(cairn.home())).containsAllEntriesOf(before);
    JsonNode report = ended.json();
    assertThat(report.path("dataset").asText()).isEqualTo(dataset);
    return ended;
  }

  private interface Disturbance {
    void happens(Cairn.Running running);
  }

  /** Each action with the time when it was written. */
  private static Map<Path, FileTime> actions(Path home) throws IOException {
    Map<Path, FileTime> actions = new HashMap<>();
    if (Files.exists(home.resolve("actions"))) {
      try (Stream<Path> all = Files.walk(home.resolve("actions"))) {
        for (Path file :
            all.filter(f -> f.getFileName().toString().startsWith("shard-")).toList()) {
          actions.put(file, Files.getLastModifiedTime(file));
        }
      }
    }
    return actions;
  }

  @ParameterizedTest
  @MethodSource("moments")
  void aTaskManagerIsLost(long moment) throws Exception {
    disturbed(moment, running -> TestCluster.kill(cluster.taskManagerPids().get(0)));
  }

  @ParameterizedTest
  @MethodSource("moments")
  void aTaskManagerIsLostAndReplaced(long moment) throws Exception {
    disturbed(
        moment,
        running -> {
          TestCluster.kill(cluster.taskManagerPids().get(1));
          cluster.heal();
        });
  }

  @ParameterizedTest
  @MethodSource("moments")
  void theJobManagerIsLostAndComesBack(long moment) throws Exception {
    disturbed(
        moment,
        running -> {
          TestCluster.kill(cluster.jobManager());
          cluster.heal();
        });
  }

  @ParameterizedTest
  @MethodSource("moments")
  void theLauncherIsLostAndTheCommandGivenAgain(long moment) throws Exception {
    disturbed(moment, Cairn.Running::kill);
  }
}
