package dev.cairn.io.beam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cairn.io.store.StorageException;
import dev.cairn.io.store.tier.StoreSettings;
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
  void areKnownToEveryProgram() throws Exception {
    PipelineOptions options = PipelineOptionsFactory.fromArgs("--cairnHome=/data/cairn").create();
    assertThat(PolicyOption.decode(OpenStore.policy(options)).home()).isEqualTo("/data/cairn");
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

  /** Other programs may have Cairn on their class path and a wrong address in the environment. */
  @Test
  void aMistakeIsToldToWhoReadsAndToNobodyElse() {
    PipelineOptions options = PipelineOptionsFactory.fromArgs("--kuboApi=ftp://no").create();
    FileSystems.setDefaultPipelineOptions(options);
    assertThatThrownBy(
            () -> FileSystems.open(FileSystems.matchNewResource("ipfs://bafkqaaa", false)))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("ftp://no");
  }

  @Test
  void leadToOneOpenStoreInAJvm(@TempDir Path temp) throws IOException {
    OpenStore first = OpenStore.of(OpenStore.policy(new Home(temp).options()));
    assertThat(OpenStore.of(OpenStore.policy(new Home(temp).options()))).isSameAs(first);
    assertThat(OpenStore.of(OpenStore.policy(new Home(temp.resolve("other")).options())))
        .isNotSameAs(first);
  }

  private static Path home(Map<String, String> environment) {
    return StoreSettings.none().home(environment);
  }
}
