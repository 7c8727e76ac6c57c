package dev.cairn.runners.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobServerTest {
  @TempDir private Path temp;
  private Instant now = Instant.parse("2026-11-28T12:00:00Z");
  private final List<String> told = new ArrayList<>();
  private final List<Process> begun = new ArrayList<>();
  private String command = "true";

  @AfterEach
  void end() {
    begun.forEach(Process::destroy);
  }

  private JobServer server(boolean runMissed) {
    JobSpec job =
        new JobSpec(
            "nightly",
            Schedule.of("0 3 * * *", ZoneId.of("UTC")),
            runMissed,
            Duration.ofHours(1),
            List.of(new Step("gc", List.of("gc"), false)),
            temp.resolve("job.yaml"));
    return new JobServer(List.of(job), temp, () -> now, this::start, told::add);
  }

  private Process start(JobSpec job) throws IOException {
    Process process = new ProcessBuilder("sh", "-c", command).start();
    begun.add(process);
    return process;
  }

  private void lastBegan(String time) throws IOException {
    Path folder = Files.createDirectories(temp.resolve("jobs/nightly"));
    Files.writeString(folder.resolve("last.json"), "{\"started\": \"" + time + "\"}");
  }

  @Test
  void beginsAJobWhenItIsDue() throws Exception {
    JobServer server = server(true);
    server.begin();
    assertThat(server.due()).containsEntry("nightly", Instant.parse("2026-11-29T03:00:00Z"));
    server.look();
    assertThat(begun).as("a job that never ran missed nothing").isEmpty();
    now = Instant.parse("2026-11-29T02:59:59Z");
    assertThat(server.look()).isEqualTo(Duration.ofSeconds(1));
    assertThat(begun).isEmpty();
    now = Instant.parse("2026-11-29T03:00:00Z");
    server.look();
    assertThat(begun).hasSize(1);
    begun.get(0).waitFor();
    server.look();
    assertThat(told).contains("nightly: ended with exit 0");
    assertThat(begun).as("once").hasSize(1);
    assertThat(server.due()).containsEntry("nightly", Instant.parse("2026-11-30T03:00:00Z"));
  }

  @Test
  void makesUpForMissedRunsOnce() throws Exception {
    lastBegan("2026-11-20T03:00:00Z");
    JobServer server = server(true);
    server.begin();
    server.look();
    server.look();
    assertThat(begun).hasSize(1);
    assertThat(told).anyMatch(line -> line.contains("a run was missed at 2026-11-28T03:00:00Z"));
  }

  @Test
  void skipsMissedRunsIfToldTo() throws Exception {
    lastBegan("2026-11-20T03:00:00Z");
    JobServer server = server(false);
    server.begin();
    server.look();
    assertThat(begun).isEmpty();
    assertThat(told).anyMatch(line -> line.contains("the run of 2026-11-28T03:00:00Z is skipped"));
  }

  @Test
  void missesNothingIfTheLastRunIsDone() throws Exception {
    lastBegan("2026-11-28T03:00:01Z");
    JobServer server = server(true);
    server.begin();
    server.look();
    assertThat(begun).isEmpty();
  }

  @Test
  void tellsOfAJobThatIsStillAtWork() throws Exception {
    command = "sleep 1000";
    JobServer server = server(true);
    server.begin();
    now = Instant.parse("2026-11-29T03:00:00Z");
    server.look();
    Files.createDirectories(temp.resolve("jobs/nightly"));
    Files.writeString(
        temp.resolve("jobs/nightly/running.json"),
        "{\"pid\": 7, \"since\": \"2026-11-29T03:00:00Z\"}");
    now = Instant.parse("2026-11-30T03:00:00Z");
    server.look();
    assertThat(begun).hasSize(1);
    assertThat(told)
        .anyMatch(
            line ->
                line.contains("still at work (process 7 runs it since 2026-11-29T03:00:00Z")
                    && line.contains("longer than stuck_after PT1H"));
  }

  @Test
  void followsTheClockWhenItIsSetBack() throws Exception {
    JobServer server = server(true);
    server.begin();
    now = Instant.parse("2026-11-29T03:00:00Z");
    server.look();
    now = Instant.parse("2026-11-29T02:00:00Z");
    server.look();
    now = Instant.parse("2026-11-29T03:00:00Z");
    server.look();
    assertThat(begun).as("the run of that day was").hasSize(1);
  }
}
