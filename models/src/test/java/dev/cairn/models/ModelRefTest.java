package dev.cairn.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelRefTest {

  @Test
  void builtinModelIsKnownByItsPinnedDigests() {
    ModelRef ref = ModelRef.parse("builtin:all-MiniLM-L6-v2");

    assertThat(ref).hasToString("builtin:all-MiniLM-L6-v2");
    assertThat(ref).isEqualTo(ModelRef.parse("builtin:all-MiniLM-L6-v2"));
    assertThat(ref.pinned().orElseThrow().weights())
        .isEqualTo("759c3cd2b7fe7e93933ad23c4c9181b7396442a2ed746ec7c1d46192c469c46e");
    assertThat(ref.pinned().orElseThrow().dimension()).isEqualTo(384);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "all-MiniLM-L6-v2",
        "builtin:",
        "builtin:all-minilm-l6-v2",
        "builtin:bge-small",
        "ipfs://model",
        "ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi/onnx",
        "hf://all-MiniLM-L6-v2",
        "hf://../../etc/passwd",
        "https://example.org/model",
        "openai:http://127.0.0.1:1",
        "openai:ftp://127.0.0.1#m",
        "openai:#m"
      })
  void anyOtherReferenceIsRefusedAndNamesWhatIsSupported(String reference) {
    assertThatThrownBy(() -> ModelRef.parse(reference))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessageStartingWith("Cannot use model: " + reference + " (");
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:80#m, http://127.0.0.1:80, v1/embeddings",
    "https://api.openai.com/v1#m, https://api.openai.com:443, v1/embeddings",
    "https://host:8443/a/b/#m, https://host:8443, a/b/v1/embeddings",
    "http://[::1]:8080/v2/#m, http://[::1]:8080, v2/embeddings",
    "http://host/x/embeddings#m, http://host:80, x/embeddings"
  })
  void anEndpointIsNamedByItsBaseUrl(String url, String endpoint, String path) {
    RemotePlace place = ModelRef.parse("openai:" + url).remote().orElseThrow();
    assertThat(place.endpoint()).hasToString(endpoint);
    assertThat(place.path()).isEqualTo(path);
    assertThat(place.model()).isEqualTo("m");
  }

  @Test
  void aPasswordInAnEndpointIsRefusedAndNotTold() {
    assertThatThrownBy(() -> ModelRef.parse("openai:https://ann:pa55@host/v1#m"))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessageContaining("without user")
        .hasMessageNotContaining("pa55");
    assertThatThrownBy(() -> ModelRef.parse("openai:https://host/v1?key=pa55#m"))
        .hasMessageContaining("https://host/v1?...#m")
        .hasMessageNotContaining("pa55");
  }
}
