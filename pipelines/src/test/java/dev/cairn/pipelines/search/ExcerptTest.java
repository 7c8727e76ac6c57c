package dev.cairn.pipelines.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {
  private static String marked(Excerpt excerpt) {
    StringBuilder out = new StringBuilder(excerpt.text());
    for (int i = excerpt.marks().size() - 1; i >= 0; i--) {
      out.insert(excerpt.marks().get(i).end(), ']').insert(excerpt.marks().get(i).start(), '[');
    }
    return out.toString();
  }

  @Test
  void marksTheWordsOfTheQueryInWhateverForm() {
    Excerpt excerpt = Excerpt.of("The tenants  repaired\nthe roof.", "tenant repairs", 100);
    assertThat(marked(excerpt)).isEqualTo("The [tenants] [repaired] the roof.");
  }

  @Test
  void showsTheStretchWithMostWords() {
    String text = "roof ".repeat(100) + "a tenant mends his roof at last " + "sky ".repeat(100);
    Excerpt excerpt = Excerpt.of(text, "tenant roof mending", 60);
    assertThat(marked(excerpt)).contains("[tenant] [mends] his [roof]");
    assertThat(excerpt.text().length()).isBetween(60, 70);
  }

  @Test
  void whatHasNoWordOfTheQueryIsShownFromItsStart() {
    assertThat(marked(Excerpt.of("one two three four", "five", 7))).isEqualTo("one two");
    assertThat(marked(Excerpt.of("", "five", 7))).isEmpty();
  }
}
