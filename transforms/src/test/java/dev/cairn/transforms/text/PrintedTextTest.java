package dev.cairn.transforms.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From pages, of print and of the web, to text. */
class PrintedTextTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`a\\r\\nb\\rc`, `a\\nb\\nc`",
        "`  a \\t b  \\n  c  `, `a b\\nc`",
        "`a\\n\\n\\n\\n\\nb`, `a\\n\\nb`",
        "`the judg-\\nment of`, `the judgment of`",
        "`the judg-\\n\\n   ment of`, `the judgment of`",
        "`in Al-\\n\\nRikabi`, `in Al-Rikabi`",
        "`1803-\\n1804`, `1803-\\n1804`",
        "`one\\n  -2-\\n\\ftwo`, `one\\ntwo`",
        "`one\\n\\f12\\ntwo`, `one\\ntwo`",
        "`one\\n\\f\\f two`, `one\\ntwo`",
        "`one\\n\\n  -12-\\n\\ntwo`, `one\\ntwo`",
        "`it was 12\\nand more`, `it was 12\\nand more`",
      })
  void cleansByTheRule(String printed, String clean) {
    assertThat(CleanText.of(escaped(printed))).isEqualTo(escaped(clean));
    assertThat(CleanText.of(CleanText.of(escaped(printed)))).isEqualTo(escaped(clean));
  }

  private static String escaped(String text) {
    return text.translateEscapes();
  }

  @Test
  void takesTimeInProportionWhateverIsInTheText() {
    for (String piece : new String[] {" ", "\n", " \n", "\f", "-\n", "1\n", " \f1"}) {
      assertThat(CleanText.of("a" + piece.repeat(2_000_000) + "b")).startsWith("a").endsWith("b");
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`<p>One <b>two</b>\\n three.</p><p>Four.</p>`, `One two three.\\n\\nFour.`",
        "`<div>a<br>b<br/>c</div>`, `a\\nb\\nc`",
        "`<ul><li>a</li><li>b</li></ul>c`, `a\\nb\\n\\nc`",
        "`<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>`, `a b\\nc`",
        "`<script>x()</script><style>y</style>z<!-- no -->`, `z`",
        "`<p>ends <span class='star-pagination'>*12</span> here</p>`, `ends here`",
        "`<a>5</a> <pre class='inline'>U.S.\\n  1</pre>`, `5 U.S.\\n  1`",
        "`a<pre>b\\n  c</pre>d`, `a\\n\\nb\\n  c\\n\\nd`",
        "`&sect; 1 &amp; &lt;2&gt;&nbsp;x`, `\u00a7 1 & <2> x`",
      })
  void readsPagesAsAPersonWould(String html, String text) {
    assertThat(HtmlText.ofHtml(escaped(html))).isEqualTo(escaped(text));
  }

  @Test
  void readsXmlWhoseElementsNobodyKnows() {
    String xml =
        "<?xml version='1.0'?><opinion type='majority'><author>ROE, J.</author><p>We <em>hold</em>"
            + " <page-number>*3</page-number>so.</p><footnote>1 Yes.</footnote></opinion>";
    assertThat(HtmlText.ofXml(xml)).isEqualTo("ROE, J.\n\nWe hold so.\n\n1 Yes.");
  }

  @Test
  void standsDeepNesting() {
    assertThat(HtmlText.ofHtml("<div>".repeat(100_000) + "deep")).isEqualTo("deep");
  }
}
