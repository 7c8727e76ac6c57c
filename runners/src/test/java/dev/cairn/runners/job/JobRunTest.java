package dev.cairn.runners.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs whose commands are a shell's: what is tested is who runs them, and in which order. */
@Timeout(60)
class JobRunTest {
  @TempDir private Path temp;

  /** A job of steps that are words of a shell script, each told to go on or not. */
  private JobSpec job(boolean goOn, String... scripts) {
    List<Step> steps =
        Stream.of(scripts).map(script -> new Step(script, List.of(script), goOn)).toList();
    return new JobSpec("nightly", null, true, Duration.ofHours(1), steps, temp.resolve("job.yaml"));
  }

  private JobRun run(JobSpec job) {
    return new JobRun(job, temp.resolve("home"), List.of("sh", "-c", "eval \"$0\""), List.of());
  }

  private Path last() {
    return temp.resolve("home/jobs/nightly/last.json");
  }

  @Test
  void runsStepsInOrderInTheFolderOfTheFile() throws IOException {
    List<String> told = new ArrayList<>();
    JobResult result =
        run(job(
                false,
                "echo '{\"a\": 1}' > file; cat file",
                "cat file; echo x",
                "echo $CAIRN_HOME"))
            .run(told::add);
    assertThat(result.exit()).isZero();
    assertThat(result.steps())
        .extracting(step -> step.output().toString())
        .containsExactly("{\"a\":1}", "[{\"a\":1},\"x\"]", "\"" + temp.resolve("home") + "\"");
    assertThat(told).hasSize(3);
    assertThat(JsonMapper.builder().build().readTree(last().toFile()).path("outcome").asText())
        .isEqualTo("done");
  }

  @Test
  void stopsAtAFailureOrGoesOn() throws IOException {
    JobResult stopped = run(job(false, "exit 3", "echo never")).run(line -> {});
    assertThat(stopped.exit()).isEqualTo(3);
    assertThat(stopped.steps()).hasSize(1);
    JobResult wentOn = run(job(true, "exit 10", "exit 3", "exit 4", "true")).run(line -> {});
    assertThat(wentOn.exit()).as("the first failure").isEqualTo(3);
    assertThat(wentOn.steps()).hasSize(4);
    assertThat(run(job(false, "exit 10", "true")).run(line -> {}).exit()).isEqualTo(10);
  }

  @Test
  void oneRunWorksAtATime() throws Exception {
    JobSpec slow = job(false, "touch begun; while [ ! -e end ]; do sleep 0.05; done");
    Thread first =
        new Thread(
            () -> {
              try {
                run(slow).run(line -> {});
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    first.start();
    while (!Files.exists(temp.resolve("begun"))) {
      Thread.sleep(20);
    }
    assertThatExceptionOfType(JobBusyException.class)
        .isThrownBy(() -> run(slow).run(line -> {}))
        .withMessageContaining("process " + ProcessHandle.current().pid() + " runs it since");
    assertThatExceptionOfType(JobBusyException.class)
        .as("the first refusal gave nothing back")
        .isThrownBy(() -> run(slow).run(line -> {}));
    assertThat(
            JobLock.owner(temp.resolve("home/jobs/nightly"), slow, Instant.now().plusSeconds(3601)))
        .contains("longer than stuck_after PT1H");
    Files.writeString(temp.resolve("end"), "");
    first.join();
    assertThat(run(job(false, "true")).run(line -> {}).exit()).isZero();
  }

  @Test
  void endsItsStepWhenItIsStopped() throws Exception {
    Thread run =
        new Thread(
            () ->
                assertThatExceptionOfType(IOException.class)
                    .isThrownBy(
                        () -> run(job(false, "echo $$ > pid; exec sleep 1000")).run(line -> {})));
    run.start();
    Path pid = temp.resolve("pid");
    while (!Files.exists(pid) || Files.readString(pid).isBlank()) {
      Thread.sleep(20);
    }
    ProcessHandle step =
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
    run.interrupt();
    step.destroy();
    run.join();
    assertThat(step.isAlive()).isFalse();
  }
}
