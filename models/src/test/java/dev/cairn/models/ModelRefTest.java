package dev.cairn.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
        "https://example.org/model"
      })
  void anyOtherReferenceIsRefusedAndNamesWhatIsSupported(String reference) {
    assertThatThrownBy(() -> ModelRef.parse(reference))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessageStartingWith("Cannot use model: " + reference + " (");
  }
}
