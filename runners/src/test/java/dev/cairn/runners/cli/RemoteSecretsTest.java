package dev.cairn.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.models.ModelFiles;
import dev.cairn.models.ModelRef;
import dev.cairn.models.embed.InferencePool;
import dev.cairn.models.remote.EmbeddingsServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The token of an endpoint is in no log, no output and no file. */
class RemoteSecretsTest {
  private static final String SECRET = "sk-5f0c1d7a-9e4b62c8";

  @TempDir Path temp;

  private String ends(int code, Map<String, String> variables, Object... words) throws IOException {
    List<Object> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--home", temp.resolve("home"), "--store", "local"));
    TracedCommand.Ended ended = TracedCommand.run(temp, variables, all);
    assertThat(ended.code()).as(ended.said()).isEqualTo(code);
    assertThat(ended.said()).doesNotContain(SECRET);
    return ended.said();
  }

  @Test
  void isNeitherToldNorWritten() throws IOException {
    ModelFiles files =
        ModelFiles.of(ModelRef.parse("builtin:all-MiniLM-L6-v2-q"), temp.resolve("cache"));
    try (InferencePool model = InferencePool.acquire(files, 256);
        EmbeddingsServer server = new EmbeddingsServer(model)) {
      server.want(SECRET);
      Map<String, String> key = Map.of("CAIRN_OPENAI_KEY", SECRET);
      Path input = SmallInput.write(temp.resolve("input"), 3);
      Object[] embed = {
        "embed", "caselaw", "--input", input, "--model", server.reference(), "--patience", "120"
      };
      ends(ExitCode.DONE, key, embed);
      assertThat(ends(ExitCode.DONE, key, "search", "caselaw", "a case", "--json"))
          .contains("\"rank\"");
      ends(ExitCode.DONE, key, "verify", "caselaw", "--sample", 2);
      ends(ExitCode.DONE, key, "models", "verify", server.reference());
      assertThat(ends(ExitCode.STORAGE, Map.of("CAIRN_OPENAI_KEY", "x" + SECRET), embed))
          .contains("HTTP 401");
      String wrong = SECRET + " and more";
      assertThat(ends(ExitCode.USAGE, Map.of("CAIRN_OPENAI_KEY", wrong), embed))
          .contains("CAIRN_OPENAI_KEY");
    }
    try (Stream<Path> all = Files.walk(temp)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(content).as(file.toString()).doesNotContain(SECRET);
      }
    }
  }
}
