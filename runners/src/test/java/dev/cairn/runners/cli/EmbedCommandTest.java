package dev.cairn.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dataset from the command line: what each command tells of it. */
class EmbedCommandTest {
  @TempDir static Path temp;
  private static Path input;
  private static Cli cli;
  private static Cli.Outcome first;
  private static JsonNode report;

  @BeforeAll
  static void embed() throws IOException {
    input = SmallInput.write(temp.resolve("input"), 5);
    cli = new Cli(temp.resolve("home"));
    first = cli.run("embed", "caselaw", "--input", input, "--shard-records", 2, "--json");
    assertThat(first.code()).as(first.err()).isZero();
    report = first.object();
  }

  @Test
  void reportsARun() {
    assertThat(names(report))
        .contains(
            "dataset",
            "commit",
            "ref",
            "documents",
            "chunks",
            "tokens",
            "duplicates",
            "dead_letters",
            "shards",
            "embedded_chunks",
            "embedded_tokens",
            "bytes_written",
            "seconds",
            "store",
            "delivery");
    assertThat(names(report.path("shards"))).containsExactly("total", "computed", "reused");
    assertThat(names(report.path("store"))).containsExactlyInAnyOrder("mode", "reason");
    assertThat(report.path("ref").asText()).isEqualTo("caselaw");
    assertThat(report.path("documents").asInt()).isEqualTo(5);
    assertThat(report.path("embedded_chunks").asInt()).isEqualTo(5);
    assertThat(report.path("bytes_written").asLong()).isPositive();
    assertThat(report.path("delivery").asText()).isEqualTo("local");
    assertThat(first.err()).contains("skipped");
  }

  @Test
  void givesTheSameOnFlink() {
    Cli.Outcome flink =
        new Cli(temp.resolve("flink"))
            .run(
                "embed",
                "caselaw",
                "--input",
                input,
                "--shard-records",
                2,
                "--runner",
                "flink",
                "--parallelism",
                2,
                "--quiet");
    assertThat(flink.code()).as(flink.err()).isZero();
    assertThat(flink.line()).isEqualTo(report.path("dataset").asText());
    assertThat(flink.err()).isEmpty();
  }

  @Test
  void printsTheDatasetAloneWithoutJson() {
    Cli.Outcome again =
        cli.run("embed", "caselaw", "--input", input, "--shard-records", 2, "--quiet");
    assertThat(again.code()).isZero();
    assertThat(again.out()).isEqualTo(report.path("dataset").asText() + System.lineSeparator());
    assertThat(again.err()).isEmpty();
  }

  @Test
  void tellsWhatADryRunWouldDo() throws IOException {
    Cli.Outcome dry =
        cli.run("embed", "caselaw", "--input", input, "--ref", "other", "--dry-run", "--json");
    assertThat(dry.code()).isZero();
    assertThat(names(dry.object())).doesNotContain("dataset", "commit");
    assertThat(dry.object().path("shards").path("computed").asInt()).isPositive();
    assertThat(cli.run("refs").out()).doesNotContain("other");
  }

  @Test
  void listsTheRefAndItsLog() throws IOException {
    List<JsonNode> refs = cli.run("refs", "--json").objects();
    assertThat(refs).hasSize(1);
    assertThat(names(refs.get(0))).containsExactly("ref", "commit", "dataset");
    assertThat(refs.get(0).path("commit")).isEqualTo(report.path("commit"));
    List<JsonNode> log = cli.run("log", "caselaw", "--json").objects();
    assertThat(log).hasSize(1);
    assertThat(names(log.get(0))).containsExactly("commit", "dataset", "time", "run", "figures");
    assertThat(log.get(0).path("dataset")).isEqualTo(report.path("dataset"));
  }

  @Test
  void listsTheDatasetsFiles() throws IOException {
    List<JsonNode> entries = cli.run("ls", "caselaw", "--json").objects();
    assertThat(entries)
        .extracting(e -> e.path("name").asText() + " " + e.path("type").asText())
        .containsExactlyInAnyOrder("README.md file", "data dir", "manifest.json file");
    assertThat(entries)
        .allSatisfy(e -> assertThat(names(e)).containsExactly("name", "cid", "bytes", "type"));
    List<String> data = cli.run("ls", "-r", "caselaw/data").out().lines().toList();
    assertThat(data).contains("chunks/", "documents/");
    assertThat(data)
        .filteredOn(name -> name.startsWith("chunks/") && name.endsWith(".parquet"))
        .hasSize(report.path("shards").path("total").asInt());
  }

  @Test
  void showsTheDataset() throws IOException {
    JsonNode shown = cli.run("show", "caselaw", "--json").object();
    assertThat(names(shown))
        .containsExactly(
            "dataset", "documents", "chunks", "dead_letters", "model", "settings", "tables");
    assertThat(names(shown.path("tables"))).containsExactlyInAnyOrder("chunks", "documents");
  }

  @Test
  void verifiesStoreAndSample() throws IOException {
    Cli.Outcome outcome = cli.run("verify", "caselaw", "--sample", 3, "--json");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode found = outcome.object();
    assertThat(names(found))
        .containsExactly(
            "blocks", "bytes", "corrupt", "missing", "sampled", "max_abs_difference", "tolerance");
    assertThat(found.path("sampled").asInt()).isEqualTo(3);
    assertThat(found.path("corrupt")).isEmpty();
    assertThat(cli.run("verify", "--json").object().path("blocks").asLong())
        .isGreaterThan(found.path("blocks").asLong());
  }

  @Test
  void carriesADatasetToAnotherHome() throws IOException {
    Path car = temp.resolve("dataset.car");
    JsonNode exported = cli.run("export", "caselaw", "-o", car, "--json").object();
    assertThat(names(exported)).containsExactly("roots", "blocks", "bytes");
    Cli other = new Cli(temp.resolve("other"));
    assertThat(other.run("import", car, "--json").object()).isEqualTo(exported);
    String dataset = report.path("dataset").asText();
    assertThat(exported.path("roots").get(0).asText()).isEqualTo(dataset);
    assertThat(other.run("verify", dataset).code()).isZero();
    JsonNode pin = other.run("pins", "--json").object();
    assertThat(names(pin)).containsExactly("cid", "kind", "why");
    assertThat(pin.path("kind").asText()).isEqualTo("persistent");
  }

  @Test
  void embedsAQuery() throws IOException {
    JsonNode query = cli.run("vector", "right to be heard", "--json").object();
    assertThat(names(query)).containsExactly("vector", "model", "tokens");
    assertThat(query.path("vector")).hasSize(384);
    assertThat(query.path("tokens").asInt()).isEqualTo(6);
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
