package dev.cairn.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.models.SentenceFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table in, search out, as a person types it. */
class SearchCommandsTest {
  private static final String MODEL = "builtin:all-MiniLM-L6-v2-q";

  @TempDir static Path temp;
  private static Cli cli = new Cli(Path.of("."));

  @BeforeAll
  static void embed() throws IOException {
    cli = new Cli(temp.resolve("home"));
    Path table =
        Files.writeString(
            temp.resolve("rows.csv"),
            """
            key,name,body,year
            a,Lease,The tenant must repair the roof.,1901
            b,Comet,The comet was seen from the southern islands.,1910
            c,Bridge,The county shall keep the bridge over the river.,1920
            ,None,A row without an id.,1930
            """);
    Cli.Outcome outcome =
        cli.run(
            "embed",
            "table",
            "--input",
            table,
            "--id",
            "key",
            "--text",
            "body",
            "--title",
            "name",
            "--meta",
            "year:int64",
            "--model",
            MODEL,
            "--max-failed",
            "1",
            "--json");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.object().path("documents").asInt()).isEqualTo(3);
    assertThat(outcome.object().path("dead_letters").asInt()).isEqualTo(1);
    assertThat(outcome.object().path("ref").asText()).isEqualTo("table");
  }

  @Test
  void findsByMeaningAndByWords() throws IOException {
    Cli.Outcome outcome =
        cli.run("search", "table", "who mends a house", "-k", 1, "--mode", "vector", "--json");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode hit = outcome.object();
    assertThat(hit.path("rank").asInt()).isEqualTo(1);
    assertThat(hit.path("id").asText()).isEqualTo("a");
    assertThat(hit.path("part").asInt()).isZero();
    assertThat(hit.path("chunk").asInt()).isZero();
    assertThat(hit.path("score").asDouble()).isBetween(0.2, 1.0);
    assertThat(hit.path("title").asText()).isEqualTo("Lease");
    assertThat(hit.path("text").asText()).isEqualTo("The tenant must repair the roof.");
    assertThat(cli.run("search", "table", "bridges", "--mode", "keyword").out())
        .startsWith("1. c  Bridge (part 0, chunk 0; ")
        .contains("keep the bridge over");
    assertThat(cli.run("search", "table", "roof", "--where", "year > 1905", "--json").objects())
        .extracting(found -> found.path("id").asText())
        .containsExactlyInAnyOrder("b", "c");
  }

  @Test
  void anIndexIsMadeOnceAndSearched() throws IOException {
    Cli.Outcome made = cli.run("index", "table", "--json");
    assertThat(made.code()).as(made.err()).isZero();
    assertThat(made.object().path("chunks").asInt()).isEqualTo(3);
    assertThat(made.object().path("groups").path("computed").asInt()).isEqualTo(1);
    assertThat(made.object().path("delivery").asText()).isEqualTo("local");
    String index = made.object().path("index").asText();
    Cli.Outcome again = cli.run("index", "table");
    assertThat(again.out()).isEqualTo(index + "\n");
    assertThat(cli.run("pins").out()).contains(index + " persistent index of ");
    for (String mode : List.of("vector", "keyword", "hybrid")) {
      Object[] search = {"search", "table", "a roof over the river", "--mode", mode, "--json"};
      List<JsonNode> indexed = cli.run(search).objects();
      search = Arrays.copyOf(search, search.length + 1);
      search[search.length - 1] = "--exact";
      assertThat(indexed)
          .as(mode)
          .extracting(hit -> hit.path("id").asText())
          .isEqualTo(
              cli.run(search).objects().stream().map(hit -> hit.path("id").asText()).toList());
    }
    Path queries = Files.writeString(temp.resolve("timed"), "roof\ncomet\n");
    JsonNode figures = cli.run("bench", "search", "table", "--queries", queries, "--json").object();
    assertThat(figures.path("recall").asDouble()).isEqualTo(1.0);
    assertThat(figures.path("indexed").path("p50_ms").asDouble()).isPositive();
    assertThat(cli.run("index", "nowhere").code()).isEqualTo(5);
    assertThat(cli.run("index", index).code()).isEqualTo(5);
    assertThat(cli.run("bench", "search", "table", "--queries", temp).code()).isEqualTo(2);
  }

  @Test
  void takesManyQueries() throws IOException {
    Path queries = Files.writeString(temp.resolve("queries"), "roof\n\ncomet\n");
    List<JsonNode> hits =
        cli.run("search", "table", "--queries", queries, "-k", 1, "--json").objects();
    assertThat(hits)
        .extracting(hit -> hit.path("query").asInt() + hit.path("id").asText())
        .containsExactly("1a", "3b");
  }

  @Test
  void whatCannotBeSearchedIsToldWithItsCode() {
    assertThat(cli.run("search", "table").code()).isEqualTo(2);
    assertThat(cli.run("search", "table", "x", "-k", 0).code()).isEqualTo(2);
    assertThat(cli.run("search", "table", " ").code()).isEqualTo(2);
    assertThat(cli.run("search", "nowhere", "x").code()).isEqualTo(5);
    assertThat(cli.run("search", "table", "x", "--where", "yaer = 1").code()).isEqualTo(2);
    assertThat(cli.run("search", "table", "x", "--model", "builtin:all-MiniLM-L6-v2").code())
        .isEqualTo(2);
    assertThat(cli.run("embed", "table", "--input", temp, "--meta", "year:int").code())
        .isEqualTo(2);
    assertThat(cli.run("embed", "table", "--input", temp, "--max-tokens", 513).code()).isEqualTo(2);
  }

  @Test
  void aModelIsImportedVerifiedAndUsed() throws IOException {
    Path folder = SentenceFolders.write(temp.resolve("model"), temp.resolve("home/cache"));
    JsonNode imported = cli.run("models", "import", folder, "--json").object();
    String reference = imported.path("model").asText();
    assertThat(reference).startsWith("ipfs://");
    assertThat(imported.path("precision").asText()).isEqualTo("int8");
    assertThat(cli.run("models", "--json").objects())
        .extracting(model -> model.path("model").asText())
        .contains("builtin:bge-small-en-v1.5", reference)
        .hasSize(5);
    assertThat(cli.run("models", "verify", reference, "--json").object().path("numerics"))
        .isEqualTo(cli.run("models", "verify", MODEL, "--json").object().path("numerics"));
    assertThat(cli.run("search", "table", "roof", "--model", reference, "-k", 1).out())
        .startsWith("1. a  Lease");
    assertThat(cli.run("models", "import", MODEL).code()).isEqualTo(2);
    assertThat(cli.run("models", "verify", "./nowhere").code()).isEqualTo(2);
  }
}
