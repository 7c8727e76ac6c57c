package dev.cairn.io.beam;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.beam.runners.core.construction.SerializablePipelineOptions;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IpfsOptionsTest {
  @Test
  void areKnownToEveryProgram() {
    PipelineOptions options = PipelineOptionsFactory.fromArgs("--cairnHome=/data/cairn").create();
    assertThat(OpenStore.policy(options).home()).isEqualTo("/data/cairn");
  }

  @Test
  void findTheHomeWhereTheCommandLineDoes() {
    Path user = Path.of(System.getProperty("user.home"));
    assertThat(home(Map.of())).isEqualTo(user.resolve(".local/share/cairn"));
    assertThat(home(Map.of("XDG_DATA_HOME", "/data"))).isEqualTo(Path.of("/data/cairn"));
    assertThat(home(Map.of("XDG_DATA_HOME", "/data", "CAIRN_HOME", "/home")))
        .isEqualTo(Path.of("/home"));
    assertThat(home(Map.of("XDG_DATA_HOME", "", "CAIRN_HOME", "")))
        .isEqualTo(user.resolve(".local/share/cairn"));
  }

  /** A worker may have another environment: what held at launch must be in what is sent to it. */
  @Test
  void travelWithTheJobEvenIfNobodySetThem() throws Exception {
    PipelineOptions options = PipelineOptionsFactory.create();
    FileSystems.setDefaultPipelineOptions(options);
    JsonNode sent =
        new ObjectMapper().readTree(new SerializablePipelineOptions(options).toString());
    assertThat(sent.path("options").path("cairnHome").asText())
        .isEqualTo(home(System.getenv()).toAbsolutePath().toString());
    PipelineOptions received =
        SerializableUtils.clone(new SerializablePipelineOptions(options)).get();
    assertThat(OpenStore.policy(received)).isEqualTo(OpenStore.policy(options));
  }

  @Test
  void leadToOneOpenStoreInAJvm(@TempDir Path temp) throws IOException {
    OpenStore first = OpenStore.of(OpenStore.policy(new Home(temp).options()));
    assertThat(OpenStore.of(OpenStore.policy(new Home(temp).options()))).isSameAs(first);
    assertThat(OpenStore.of(OpenStore.policy(new Home(temp.resolve("other")).options())))
        .isNotSameAs(first);
  }

  private static Path home(Map<String, String> environment) {
    return IpfsOptions.HomeFactory.homeFolder(environment);
  }
}
