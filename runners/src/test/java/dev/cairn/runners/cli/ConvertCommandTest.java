package dev.cairn.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvertCommandTest {
  private static final String LINES = "{\"a\":1,\"b\":\"x\"}\n{\"a\":2,\"b\":\"y\"}\n";

  @TempDir Path temp;

  private Cli cli(String home) {
    return new Cli(temp.resolve(home));
  }

  @Test
  void bothRunnersGiveOneCid() throws Exception {
    Path lines = Files.writeString(temp.resolve("a.jsonl"), LINES);
    Cli.Outcome direct =
        cli("h1").run("convert", lines, "store:", "--to", "parquet", "--json", "--quiet");
    Cli.Outcome flink =
        cli("h2")
            .run(
                "convert",
                lines,
                "store:",
                "--to",
                "parquet",
                "--json",
                "--quiet",
                "--runner",
                "flink");
    JsonNode result = direct.object();
    assertThat(result.path("rows").asInt()).isEqualTo(2);
    assertThat(flink.object()).isEqualTo(result);
    assertThat(cli("h1").run("pins").out())
        .contains(result.path("out").asText())
        .contains("persistent convert /ipfs/")
        .contains("to parquet");
  }

  @Test
  void writesFilesAndReadsCars() throws Exception {
    Path lines = Files.writeString(temp.resolve("a.jsonl"), LINES);
    Path csv = temp.resolve("new/a.csv");
    Cli.Outcome made = cli("home").run("convert", lines, csv, "--to", "csv", "--json", "--quiet");
    assertThat(made.code()).isZero();
    assertThat(Files.readString(csv)).isEqualTo("\"a\",\"b\"\n\"1\",\"x\"\n\"2\",\"y\"\n");
    assertThat(made.object().path("bytes").asLong()).isEqualTo(Files.size(csv));
    Path car = temp.resolve("a.car");
    JsonNode packed = cli("home").run("convert", csv, car, "--to", "car", "--json").object();
    assertThat(packed.path("bytes").asLong()).isEqualTo(Files.size(car));
    Path back = temp.resolve("back.jsonl");
    assertThat(cli("other").run("convert", car, back, "--to", "jsonl", "--quiet").code()).isZero();
    assertThat(Files.readString(back)).isEqualTo(LINES);
    try (var files = Files.list(temp.resolve("new"))) {
      assertThat(files).containsExactly(csv);
    }
  }

  @Test
  void endsWithTheCodeOfWhatIsWrong() throws Exception {
    Path lines = Files.writeString(temp.resolve("a.jsonl"), LINES + "{\"a\":\"z\"}");
    Path out = temp.resolve("out.parquet");
    Cli.Outcome mixed = cli("home").run("convert", lines, out, "--to", "parquet", "--quiet");
    assertThat(mixed.code()).isEqualTo(ExitCode.INPUT_FAILED);
    assertThat(mixed.err()).contains("Cannot convert column: a");
    assertThat(out).doesNotExist();
    assertThat(cli("home").run("convert", lines, out, "--to", "xlsx").code())
        .isEqualTo(ExitCode.USAGE);
    assertThat(cli("home").run("convert", lines, temp, "--to", "csv").code())
        .isEqualTo(ExitCode.USAGE);
    assertThat(cli("home").run("convert", "no-such", out, "--to", "csv").code())
        .isEqualTo(ExitCode.NO_TARGET);
    Path schema = Files.writeString(temp.resolve("schema.json"), "[{\"name\":\"a\"}]");
    assertThat(cli("home").run("convert", lines, out, "--to", "csv", "--schema", schema).code())
        .isEqualTo(ExitCode.USAGE);
  }
}
