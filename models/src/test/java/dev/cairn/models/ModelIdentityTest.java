package dev.cairn.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelIdentityTest {

  private static final ModelSpec SPEC =
      ModelRef.parse("builtin:all-MiniLM-L6-v2").pinned().orElseThrow();
  private static final String NUMERICS = "ab".repeat(32);
  private static final ModelIdentity IDENTITY = ModelIdentity.of(SPEC, 256, NUMERICS);

  /** The golden value was computed from the documented form by a line of Python. */
  @Test
  void digestFollowsTheDocumentedForm() {
    assertThat(IDENTITY.digest())
        .isEqualTo("a3dd093754730d666b39521922077487b12bdbe5afce3fe1e90e1cf91d2c4486");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dimension",
        "max_tokens",
        "normalization",
        "numerics",
        "pooling",
        "precision",
        "prefix",
        "tokenizer",
        "weights"
      })
  void everyEntryReachesTheDigest(String key) {
    Map<String, Object> map = new TreeMap<>(IDENTITY.toMap());
    map.computeIfPresent(key, (k, value) -> value instanceof Integer i ? i + 1 : other(value));

    ModelIdentity changed = ModelIdentity.fromMap(map);

    assertThat(changed.digest()).isNotEqualTo(IDENTITY.digest());
    assertThat(changed.sameModel(IDENTITY)).isEqualTo(key.equals("numerics"));
  }

  private static Object other(Object value) {
    return value.toString().length() == 64 ? "cd".repeat(32) : value + "x";
  }

  @Test
  void mapHoldsAsciiKeysWithStringsAndIntegersAndReadsBack() {
    assertThat(IDENTITY.toMap())
        .allSatisfy(
            (key, value) -> {
              assertThat(key).matches("[a-z_]+");
              assertThat(value).isInstanceOfAny(String.class, Integer.class);
            });
    assertThat(ModelIdentity.fromMap(IDENTITY.toMap())).isEqualTo(IDENTITY);
  }

  @Test
  void integersMayComeBackAsLongs() {
    Map<String, Object> map = new TreeMap<>(IDENTITY.toMap());
    map.put("max_tokens", 256L);

    assertThat(ModelIdentity.fromMap(map)).isEqualTo(IDENTITY);
  }

  @Test
  void incompleteMapIsRefusedByName() {
    Map<String, Object> map = new TreeMap<>(IDENTITY.toMap());
    map.remove("pooling");

    assertThatThrownBy(() -> ModelIdentity.fromMap(map))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pooling");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 513})
  void limitBeyondTheModelsIsRefused(int maxTokens) {
    assertThatThrownBy(() -> ModelIdentity.of(SPEC, maxTokens, NUMERICS))
        .hasMessage("Cannot set max tokens: " + maxTokens + " (1 to 512, the model's limit)");
  }

  @Test
  void digestThatIsNotOneIsRefused() {
    assertThatThrownBy(() -> ModelIdentity.of(SPEC, 256, "AB".repeat(32)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("numerics");
  }
}
