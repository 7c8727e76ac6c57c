package dev.cairn.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cairn.pipelines.report.KeptReports;
import dev.cairn.pipelines.report.ReportedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of a run: figures for programs and a page for people. */
@ExtendWith(ModelLease.class)
class ReportedRunTest {
  private static final Pattern DATA = Pattern.compile("(?m)^const R = (.*);$");

  @TempDir private Path temp;
  private Path input = Path.of(".");
  private Runs runs = Runs.of(Path.of("."));

  @BeforeEach
  void write() throws IOException {
    input = Files.createDirectory(temp.resolve("input"));
    runs = Runs.of(temp.resolve("home"), input).withMaxFailed("5");
    for (int i = 1; i <= 9; i++) {
      write(i, "Opinion " + i + ".");
    }
    Files.writeString(input.resolve("<script><b>.json"), "{\"id\": 1, \"x\": ");
  }

  private void write(int id, String text) throws IOException {
    Files.writeString(
        input.resolve(id + ".json"),
        """
        {"id": %d, "casebody": {"opinions": [{"text": "%s"}]}}
        """
            .formatted(id, text));
  }

  private RunReport run() throws IOException {
    EmbedConfig config = runs.config();
    return new ReportedRun(config.policy(), config.ref(), EmbedRun.newName())
        .run(name -> new EmbedRun(config, new TestEngine(1), new Notes(), name).run(), new Notes());
  }

  private List<KeptReports.Kept> kept() throws IOException {
    return new KeptReports(temp.resolve("home")).list();
  }

  @Test
  void keepsWhatChangedAndTheTrend() throws IOException {
    run();
    write(3, "Another.");
    write(10, "A new one.");
    Files.delete(input.resolve("7.json"));
    RunReport second = run();
    run();
    List<KeptReports.Kept> kept = kept();
    assertThat(kept)
        .extracting(report -> report.fields().path("outcome").asText())
        .containsExactly("unchanged", "committed", "committed");
    JsonNode told = kept.get(1).fields();
    assertThat(told.path("dataset").asText()).isEqualTo(second.dataset());
    assertThat(told.path("delta").toString())
        .isEqualTo("{\"added\":1,\"changed\":1,\"deleted\":1,\"failed\":0}");
    assertThat(kept.get(2).fields().path("delta").path("added").asLong()).isEqualTo(9);
    assertThat(told.path("history")).hasSize(2);
    assertThat(told.path("steps").fieldNames())
        .toIterable()
        .containsExactly("list", "model", "plan", "decide", "embed", "write", "commit");
    assertThat(told.path("metrics").path("embedded_tokens").asLong())
        .isEqualTo(second.embeddedTokens());
    assertThat(told.path("bytes").path("dataset").asLong())
        .isEqualTo(
            told.path("bytes").path("shared").asLong()
                + Math.min(
                    told.path("bytes").path("written").asLong(),
                    told.path("bytes").path("dataset").asLong()));
    JsonNode letter = told.path("dead_letter_signatures").path(0);
    assertThat(letter.path("code").asText()).isEqualTo("invalid_json");
    assertThat(letter.path("count").asLong()).isEqualTo(1);
  }

  @Test
  void drawsAPageThatNeedsNothingElse() throws IOException {
    run();
    String page = Files.readString(kept().get(0).page());
    Matcher data = DATA.matcher(page);
    assertThat(data.find()).isTrue();
    JsonNode inPage = JsonMapper.builder().build().readTree(data.group(1));
    assertThat(inPage).isEqualTo(kept().get(0).fields());
    assertThat(inPage.toString()).contains("<script><b>.json");
    assertThat(data.group(1)).doesNotContain("<");
    assertThat(page.replace("http://www.w3.org/2000/svg", ""))
        .doesNotContain("http:", "https:", "src=");
  }

  @Test
  void keepsWhyARunFailed() throws IOException {
    runs = runs.withMaxFailed("0");
    assertThatExceptionOfType(InputFailedException.class).isThrownBy(this::run);
    JsonNode told = kept().get(0).fields();
    assertThat(told.path("outcome").asText()).isEqualTo("failed");
    assertThat(told.path("ref").asText()).isEqualTo(Runs.REF);
    assertThat(told.path("error").asText()).contains("1 of 10 records failed", "--max-failed 0");
    Files.writeString(kept().get(0).page().resolveSibling("report.json"), "{");
    assertThat(kept()).as("one that is damaged is left out").isEmpty();
  }
}
