package dev.cairn.io.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cairn.io.table.Column;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
  @Test
  void isBoundedAndFitToPrint() {
    DeadLetter letter =
        new DeadLetter(
            "a\ud800/b.json",
            "",
            "ParseRecords",
            "bad_json",
            "not JSON",
            "{\n\u0000\u001b[31m" + "𝄞".repeat(300));
    assertThat(letter.origin()).isEqualTo("a\uFFFD/b.json");
    assertThat(letter.excerpt())
        .isEqualTo("{ \uFFFD\uFFFD[31m" + "𝄞".repeat(DeadLetter.MAX_EXCERPT - 8));
  }

  @Test
  void isARowOfItsTable() {
    DeadLetter letter = new DeadLetter("o", "i", "s", "c", "r", "e");
    assertThat(letter.toRow()).containsExactly("o", "i", "s", "c", "r", "e");
    assertThat(DeadLetter.SCHEMA.check(letter.toRow())).isEqualTo(6);
    assertThat(DeadLetter.SCHEMA.columns())
        .extracting(Column::name)
        .containsExactly("origin", "id", "stage", "code", "reason", "excerpt");
  }

  @Test
  void sortsByOriginThenKey() {
    List<DeadLetter> sorted =
        List.of(
            new DeadLetter("a", "", "s", "c", "r", "e"),
            new DeadLetter("a", "cap:9", "s", "c", "r", "e"),
            new DeadLetter("a", "cap:10", "s", "c", "r", "e"),
            new DeadLetter("a", "cap:10", "s", "d", "r", "e"),
            new DeadLetter("b", "cap:1", "s", "c", "r", "e"));
    List<DeadLetter> shuffled = new ArrayList<>(sorted);
    Collections.shuffle(shuffled, new Random(2));
    Collections.sort(shuffled);
    assertThat(shuffled).isEqualTo(sorted);
  }

  @Test
  void refusesACodeThatIsNoName() {
    for (String code : List.of("", "Bad", "bad json", "1x")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new DeadLetter("o", "i", "s", code, "r", "e"));
    }
  }
}
