package dev.cairn.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowanceTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0, 10, false",
    "0, 1, 10, true",
    "10, 10, 10, false",
    "10, 11, 1000000, true",
    "5%, 5, 100, false",
    "5%, 6, 100, true",
    "5%, 1, 20, false",
    "5%, 1, 19, true",
    "0%, 0, 0, false",
    "0%, 1, 1000000, true",
    "100%, 7, 7, false",
    "0.5%, 1, 200, false",
    "0.5%, 2, 399, true",
    "33.3333%, 1, 3, true"
  })
  void isExceededByMoreThanItsLimit(String text, long failed, long total, boolean exceeded) {
    assertThat(Allowance.parse("--max-failed", text).exceededBy(failed, total)).isEqualTo(exceeded);
    assertThat(Allowance.parse("--max-failed", text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-1", "1.5", "101%", "100.0001%", "5 %", "%", "1e3", "x", "1234567890", "٥"})
  void refusesWhatIsNoCountAndNoShare(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Allowance.parse("--max-failed", text))
        .withMessageStartingWith("Cannot set --max-failed: " + text);
  }
}
