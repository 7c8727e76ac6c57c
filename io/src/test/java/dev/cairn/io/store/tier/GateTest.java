package dev.cairn.io.store.tier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
  @Test
  void isOpenWhereNothingIsSet() {
    assertThat(Gate.closedBy(Map.of("HOME", "/root"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CI",
        "GITHUB_ACTIONS",
        "GITLAB_CI",
        "JENKINS_URL",
        "CIRCLECI",
        "BUILDKITE",
        "TEAMCITY_VERSION",
        "TF_BUILD",
        "TRAVIS",
        "APPVEYOR",
        "IPFS_KIT_DISABLE",
        "STORAGE_FORCE_LOCAL"
      })
  void isClosedByAVariableThatIsNamed(String name) {
    assertThat(Gate.closedBy(Map.of(name, "https://ci/1")).orElseThrow()).startsWith(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "false", "FALSE", "No", "off", " false "})
  void aValueThatSaysNoCountsAsAbsent(String value) {
    assertThat(Gate.closedBy(Map.of("CI", value, "IPFS_KIT_DISABLE", value))).isEmpty();
  }
}
