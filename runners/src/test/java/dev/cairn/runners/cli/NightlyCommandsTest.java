package dev.cairn.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What is there night for night, from the command line. */
class NightlyCommandsTest {
  @TempDir static Path temp;
  private static Path input;
  private static Cli cli;
  private static final List<String> DATASETS = new ArrayList<>();

  @BeforeAll
  static void threeNights() throws IOException {
    input = SmallInput.write(temp.resolve("input"), 8);
    cli = new Cli(temp.resolve("home"));
    embed();
    SmallInput.write(input, 9);
    embed();
    embed();
  }

  private static void embed() throws IOException {
    Cli.Outcome run = cli.run("embed", "caselaw", "--input", input, "--json");
    assertThat(run.code()).as(run.err()).isZero();
    DATASETS.add(run.object().path("dataset").asText());
  }

  private static Path job(String steps) throws IOException {
    return Files.writeString(
        temp.resolve("job.yaml"), "job: nightly\nschedule: 0 3 * * *\nsteps:\n" + steps);
  }

  @Test
  void listsRunsWithTheirReports() throws IOException {
    List<JsonNode> all = cli.run("runs", "--json", "--ref", "caselaw").objects();
    List<JsonNode> runs = all.subList(all.size() - 3, all.size());
    assertThat(cli.run("runs", "--limit", 1).out().lines()).hasSize(2);
    assertThat(runs)
        .extracting(run -> run.path("outcome").asText())
        .containsExactly("unchanged", "committed", "committed");
    assertThat(runs.get(1).path("delta").path("added").asInt()).isEqualTo(1);
    assertThat(Path.of(runs.get(1).path("report").asText())).exists();
    assertThat(cli.run("runs", "--ref", "none").out()).isEmpty();
  }

  @Test
  void tellsDifferencesAndGoesBack() throws IOException {
    Cli home = new Cli(temp.resolve("home"));
    JsonNode change = home.run("diff", "--json", DATASETS.get(0), DATASETS.get(1)).object();
    assertThat(change.path("change").asText()).isEqualTo("added");
    assertThat(change.path("id").asText()).startsWith("cap:");
    assertThat(home.run("embed", "caselaw", "--input", input, "--ref", "other").code()).isZero();
    Cli.Outcome back = home.run("rollback", "--json", "other", DATASETS.get(0));
    assertThat(back.object().path("dataset").asText()).isEqualTo(DATASETS.get(0));
    assertThat(home.run("log", "--json", "other").objects()).hasSize(2);
    assertThat(home.run("prune", "other", "--dry-run", "--keep-last", 1).code()).isZero();
    assertThat(home.run("prune", "other").code()).isEqualTo(ExitCode.USAGE);
    assertThat(home.run("rollback", "nothing", DATASETS.get(0)).code())
        .isEqualTo(ExitCode.NO_TARGET);
    assertThat(home.run("diff", "caselaw@{9}", "caselaw").code()).isEqualTo(ExitCode.NO_TARGET);
  }

  @Test
  void forgetsIds() throws IOException {
    Cli home = new Cli(temp.resolve("forgetting"));
    home.run("embed", "caselaw", "--input", input);
    String id = home.run("diff", "--json", "caselaw", "caselaw").out();
    assertThat(id).isEmpty();
    Cli.Outcome forgotten = home.run("forget", "--json", "cap:1", "--reason", "sealed");
    assertThat(forgotten.code()).as(forgotten.err()).isZero();
    assertThat(forgotten.object().path("commits")).hasSize(1);
    assertThat(forgotten.err()).contains("cairn gc", "gateways");
    assertThat(home.run("forget", " ", "--reason", "x").code()).isEqualTo(ExitCode.USAGE);
    assertThat(home.run("forget", "cap:1").code()).isEqualTo(ExitCode.USAGE);
    assertThat(
            home.run("embed", "caselaw", "--input", input, "--json")
                .object()
                .path("documents")
                .asInt())
        .isEqualTo(8);
  }

  @Test
  void runsAJobWhoseStepsAreProcesses() throws IOException {
    Path job =
        job("  - embed caselaw: {input: input, min_documents: 9}\n  - gc: {dry_run: true}\n");
    Cli.Outcome checked = Cli.bare("job", "check", "--json", job);
    assertThat(checked.object().path("steps").path(1).toString()).contains("gc", "--dry-run");
    Cli.Outcome run = cli.run("job", "run", "--json", job);
    assertThat(run.code()).as(run.out() + run.err()).isZero();
    assertThat(run.object().path("steps").path(0).path("result").path("dataset").asText())
        .isEqualTo(DATASETS.get(2));
    assertThat(run.object().path("steps").path(1).path("result").path("kept_blocks").asLong())
        .isPositive();
    assertThat(
            cli.run("job", "run", job("  - embed caselaw: {input: input, min_documents: 10}"))
                .code())
        .isEqualTo(ExitCode.INPUT_FAILED);
    for (String scheduler : List.of("crontab", "systemd", "kubernetes")) {
      assertThat(cli.run("job", "schedule", job, "--to", scheduler).out()).contains("job", "run");
    }
    String yaml = cli.run("job", "schedule", job, "--to", "kubernetes").out();
    List<Object> documents = new ArrayList<>();
    new Load(LoadSettings.builder().build()).loadAllFromString(yaml).forEach(documents::add);
    assertThat(documents)
        .as("what a cluster reads")
        .hasSize(2)
        .last()
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .extractingByKey("spec", InstanceOfAssertFactories.MAP)
        .extractingByKey("jobTemplate", InstanceOfAssertFactories.MAP)
        .extractingByKey("spec", InstanceOfAssertFactories.MAP)
        .extractingByKey("template", InstanceOfAssertFactories.MAP)
        .extractingByKey("spec", InstanceOfAssertFactories.MAP)
        .extractingByKey("containers", InstanceOfAssertFactories.LIST)
        .first(InstanceOfAssertFactories.MAP)
        .extractingByKey("command", InstanceOfAssertFactories.LIST)
        .hasSize(3)
        .last()
        .asString()
        .contains("trap", "cairn job run /job/job.yaml");
  }

  @Test
  void refusesAStepThatCouldNotBeTyped() throws IOException {
    Cli.Outcome refused =
        Cli.bare("job", "check", job("  - embed caselaw: {input: a, shards: 3}\n"));
    assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.err()).contains("embed caselaw", "--shards");
    assertThat(Cli.bare("job", "check", temp.resolve("none.yaml")).code())
        .isEqualTo(ExitCode.STORAGE);
  }
}
