package dev.cairn.runners.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobFileTest {
  @TempDir private Path temp;

  private JobSpec read(String yaml) throws Exception {
    return JobFile.read(Files.writeString(temp.resolve("job.yaml"), yaml));
  }

  @Test
  void readsStepsAsCommandLines() throws Exception {
    JobSpec job =
        read(
            """
            job: nightly
            schedule: "17 2 * * 1-5"
            timezone: Europe/Berlin
            missed: skip
            on_failure: continue
            stuck_after: 90m
            steps:
              - scan hub: {models: true, datasets: false, since: 2024-01-02}
              - embed caselaw:
                  input: [a b, "ipfs://c"]
                  max_failed: 5%
                  on_failure: stop
              - embed caselaw: {input: d, max-tokens: 128}
              - prune: {arguments: caselaw, keep_last: 7}
              - gc
            """);
    assertThat(job.name()).isEqualTo("nightly");
    assertThat(Objects.requireNonNull(job.schedule()).toCalendar())
        .isEqualTo("Mon,Tue,Wed,Thu,Fri *-*-* 2:17:00 Europe/Berlin");
    assertThat(job.runMissed()).isFalse();
    assertThat(job.stuckAfter()).isEqualTo(Duration.ofMinutes(90));
    assertThat(job.steps())
        .extracting(step -> String.join("|", step.words()))
        .containsExactly(
            "scan|hub|--models|--since=2024-01-02",
            "embed|caselaw|--input=a b|--input=ipfs://c|--max-failed=5%",
            "embed|caselaw|--input=d|--max-tokens=128",
            "prune|--keep-last=7|caselaw",
            "gc");
    assertThat(job.steps()).extracting(Step::name).contains("embed caselaw", "embed caselaw 3");
    assertThat(job.steps()).extracting(Step::goOn).containsExactly(true, false, true, true, true);
  }

  @Test
  void hasDefaults() throws Exception {
    JobSpec job = read("job: a\nsteps: [gc]");
    assertThat(job.schedule()).isNull();
    assertThat(job.runMissed()).isTrue();
    assertThat(job.stuckAfter()).isEqualTo(Duration.ofHours(12));
    assertThat(job.steps().get(0).goOn()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          job: a                                        | at least one
          job: A b\\nsteps: [gc]                        | [a-z]
          steps: [gc]                                   | [a-z]
          job: a\\nsteps: []                            | at least one
          job: a\\nsteps: [rm]                          | one of [add
          job: a\\nsteps: [{embed caselaw: {home: x}}]  | an option of cairn embed caselaw
          job: a\\nsteps: [{embed caselaw: {detach: true}}] | an option of
          job: a\\nsteps: [{gc: 3}]                     | names with values
          job: a\\nsteps: [{gc: , sync: }]              | one command
          job: a\\nsteps: [gc]\\nstep: b                | one of
          job: a\\nsteps: [gc]\\njob: b                 | YAML
          job: a\\nsteps: [gc]\\nmissed: maybe          | run or skip
          job: a\\nsteps: [gc]\\nstuck_after: 3         | such as 90m
          job: a\\nsteps: [gc]\\nschedule: daily        | as in crontab
          job: a\\nsteps: [gc]\\nschedule: 0 0 1 * 1    | one of the days only
          job: a\\nsteps: [gc]\\nschedule: 0 0 1 * *\\ntimezone: Mars | such as Europe/Berlin
          job: a\\nsteps: [gc]\\nschedule: 0 0 30 2 *  | a time that comes
          job: a\\nsteps: [gc]\\ntimezone: Mars        | such as Europe/Berlin
          job: a\\nsteps: [{embed caselaw: {input: {a: b}}}] | a list of values
          job: a\\nsteps: [{embed caselaw: {Input: b}}] | an option of
          job: a\\nsteps: [{prune: {arguments: --help}}] | by their names
          [a, b]                                        | names with values
          """)
  void refusesWhatIsNoJob(String yaml, String rule) {
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> read(yaml.replace("\\n", "\n")))
        .withMessageContaining("job.yaml")
        .withMessageContaining(rule);
  }
}
