package dev.cairn.runners.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeRunsTest {
  @TempDir Path home;
  private HomeRuns runs;

  @BeforeEach
  void open() {
    runs = new HomeRuns(home);
  }

  private static RunRecord own(String run) {
    return RunRecord.of(run, "caselaw", ProcessHandle.current(), "");
  }

  /** One whose process is not there: ids do not grow that far. */
  private static RunRecord dead(String run, Duration ago) {
    return new RunRecord(run, "caselaw", Long.MAX_VALUE, 1, Instant.now().minus(ago), "");
  }

  @Test
  void listsARunWhileItWorksAndForgetsItThen() throws IOException {
    runs.begin(own("one"));
    assertThat(runs.list()).hasSize(1);
    assertThat(runs.find("one").orElseThrow().state()).isEqualTo(KnownRun.State.RUNNING);
    assertThat(runs.find("../runs/one")).isEmpty();
    runs.end("one");
    assertThat(runs.list()).isEmpty();
    assertThat(home.resolve("runs")).isEmptyDirectory();
  }

  @Test
  void tellsHowARunEnded() throws IOException {
    runs.begin(dead("one", Duration.ZERO));
    KnownRun run = runs.find("one").orElseThrow();
    assertThat(run.state()).isEqualTo(KnownRun.State.KILLED);
    for (int code : List.of(0, 10)) {
      Files.writeString(home.resolve("runs/one/exit"), code + "\n");
      assertThat(run.state()).isEqualTo(KnownRun.State.DONE);
    }
    Files.writeString(home.resolve("runs/one/exit"), "3\n");
    assertThat(run.state()).isEqualTo(KnownRun.State.FAILED);
    assertThat(run.exitCode()).isEqualTo(3);
    run.cancel();
    assertThat(run.state()).isEqualTo(KnownRun.State.CANCELLED);
  }

  @Test
  void keepsTheReportsOfOldRunsAlone() throws IOException {
    runs.begin(dead("old", Duration.ofDays(31)));
    runs.begin(dead("young", Duration.ofDays(29)));
    Files.createDirectories(home.resolve("runs/old/progress"));
    Files.writeString(home.resolve("runs/old/progress/worker-1"), "1 2");
    Files.writeString(home.resolve("runs/old/report.json"), "{}");
    Instant longAgo = Instant.now().minus(Duration.ofDays(31));
    Files.setLastModifiedTime(home.resolve("runs/old"), FileTime.from(longAgo));
    runs.begin(own("new"));
    assertThat(runs.list()).extracting(run -> run.record().run()).containsExactly("new", "young");
    assertThat(home.resolve("runs/old")).isDirectoryContaining("glob:**/report.json");
    try (var left = Files.list(home.resolve("runs/old"))) {
      assertThat(left).hasSize(1);
    }
  }
}
