package dev.cairn.runners.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten runs ({@code cairn.proof.runs}), each of two jobs, one after another in one TaskManager:
 * nothing of them stays there.
 */
@Tag("proof")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@EnabledOnOs(OS.LINUX)
class ClusterLeakIT {
  private static final int RUNS = Integer.getInteger("cairn.proof.runs", 10);

  /** From this run on all that is loaded once is loaded. */
  private static final int WARM = 4;

  /** Measured: 70 MB from the fourth run to the fourteenth, less with each. */
  private static final long RESIDENT_BYTES = 150L << 20;

  @TempDir static Path temp;

  private record Use(long threads, long handles, long resident) {
    static Use of(long pid) throws IOException {
      Path process = Path.of("/proc", Long.toString(pid));
      long threads = 0;
      long resident = 0;
      for (String line : Files.readAllLines(process.resolve("status"))) {
        String[] words = line.split("\\s+", -1);
        if (line.startsWith("Threads:")) {
          threads = Long.parseLong(words[1]);
        } else if (line.startsWith("VmRSS:")) {
          resident = Long.parseLong(words[1]) << 10;
        }
      }
      try (Stream<Path> handles = Files.list(process.resolve("fd"))) {
        return new Use(threads, handles.count(), resident);
      }
    }
  }

  @Test
  void nothingGrows() throws IOException {
    Cairn cairn = new Cairn(temp.resolve("home"));
    try (TestCluster cluster = TestCluster.start(new Cairn(temp.resolve("cluster-home")), 1, 2)) {
      long pid = cluster.taskManagerPids().get(0);
      Use warm = new Use(0, 0, 0);
      for (int run = 1; run <= RUNS; run++) {
        Path input = Cases.write(temp.resolve("input" + run), 30, 100, run);
        cairn.run(
            "embed",
            "caselaw",
            "--input",
            input,
            "--ref",
            "run" + run,
            "--runner",
            "flink",
            "--flink-master",
            cluster.rest());
        if (run == WARM) {
          warm = Use.of(pid);
        }
      }
      Use last = Use.of(pid);
      assertThat(last.threads()).isLessThan(warm.threads() + 10);
      assertThat(last.handles()).isLessThan(warm.handles() + 10);
      assertThat(last.resident()).isLessThan(warm.resident() + RESIDENT_BYTES);
      assertThat(cluster.taskManagerPids()).containsExactly(pid);
      String log = Files.readString(temp.resolve("cluster-home/cluster/log/taskmanager-1.log"));
      assertThat(log).doesNotContain("UnsatisfiedLinkError", "already loaded", " ERROR ");
    }
  }
}
