package dev.cairn.transforms.caselaw;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a citation of a case, what is none, and what year belongs to it. */
class CitationFinderTest {
  private final CitationFinder finder = CitationFinder.standard();

  private List<String> cites(String text) {
    return finder.find(text).stream()
        .map(f -> f.cite() + (f.year() == null ? "" : " (" + f.year() + ")"))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "See Roe, 410 U.S. 113 (1973). | 410 U.S. 113 (1973)",
        "410 U. S. 113, 115-16 & n.3 (1973) | 410 U.S. 113 (1973)",
        "Smith, 12 F.2d 3, 5 (2d Cir. 1926) | 12 F.2d 3 (1926)",
        "2 L.Ed.2d 7 | 2 L. Ed. 2d 7",
        "10 Ohio App.3d. 305 | 10 Ohio App. 3d 305",
        "67 U.S. (2 Black) 635 (1863) | 67 U.S. 635 (1863)",
        "1999 WL 12345 (D. Me. May 3, 1999) | 1999 WL 12345 (1999)",
        "2005 U.S. Dist. LEXIS 77, at *3 | 2005 U.S. Dist. LEXIS 77",
        "05 U.S. 0137 | 5 U.S. 137",
        "791 F.2d, 1356 | 791 F.2d 1356",
        "111 S.Ct 47 | 111 S. Ct. 47",
        "105 FERC ¶ 61,004 (2003) | 105 FERC 61004 (2003)",
        "797 F.2d 19, (1st Cir. 1986) | 797 F.2d 19 (1986)",
        "95 L. Ed. 927.10 Accordingly | 95 L. Ed. 927",
        "1993 U.S. Dist. Lexis 2203, at **5-7 (D. Me. 1993) | 1993 U.S. Dist. LEXIS 2203 (1993)",
      })
  void findsCitationsInTheirNormalForm(String text, String cite) {
    assertThat(cites(text)).containsExactly(cite);
  }

  @Test
  void findsWhatIsBrokenOverLines() {
    assertThat(cites("held in 981\n\nF.2d\n\n    12,\n\n14-\n\n15 (1st Cir.\n\n1992)."))
        .containsExactly("981 F.2d 12 (1992)");
  }

  @Test
  void givesTheYearToAllParallelCitations() {
    assertThat(cites("410 U.S. 113, 120, 93 S. Ct. 705, 35 L. Ed. 2d 147 (1973); 5 U.S. 137"))
        .containsExactly(
            "410 U.S. 113 (1973)", "93 S. Ct. 705 (1973)", "35 L. Ed. 2d 147 (1973)", "5 U.S. 137");
  }

  @Test
  void doesNotGiveAYearAcrossOtherWords() {
    assertThat(cites("592 F.3d 45 (1st Cir.), cert. denied, 130 S. Ct. 1 (2010)"))
        .containsExactly("592 F.3d 45", "130 S. Ct. 1 (2010)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "410 U.S. at 115",
        "410 U.S., at 115",
        "42 U.S.C. 1983",
        "42 U.S.C. § 1983",
        "29 C.F.R. 1910",
        "103 C.M.R. 430.24",
        "87 T.C. at 900",
        "12 U.S. 3rd",
        "$5 U.S. 12",
        "version 1.5 U.S. 12",
        "___ U.S. ___",
        "12345 U.S. 1",
        "the 5 A.\nM. 12",
        "5 U.S.",
        "U.S. 113",
        "",
      })
  void takesNothingElseForOne(String text) {
    assertThat(cites(text)).isEmpty();
  }

  @Test
  void letsTheYearDecideBetweenReportersOfOneName() {
    List<FoundCitation> old = finder.find("1 Wash. 10 (1791)");
    List<FoundCitation> recent = finder.find("100 Wash. 10 (1918)");
    assertThat(old).extracting(FoundCitation::cite).containsExactly("1 Wash. 10");
    assertThat(recent).extracting(FoundCitation::cite).containsExactly("100 Wash. 10");
  }

  @Test
  void takesTimeInProportionWhateverIsInTheText() {
    for (String piece : new String[] {"1 ", "1", "U.S. ", "1 U.S. ", "1 U.S. 1, ", "(", "F. "}) {
      assertThat(finder.find(piece.repeat(300_000))).isNotNull();
    }
  }

  @Property(tries = 300)
  void tellsWhereEachStands(@ForAll String before, @ForAll String after) {
    String text = before + " 410 U.S. 113 " + after;
    for (FoundCitation found : finder.find(text)) {
      assertThat(text.substring(found.start(), found.end())).startsWith(found.volume());
    }
    assertThat(finder.find(text)).extracting(FoundCitation::cite).contains("410 U.S. 113");
  }
}
