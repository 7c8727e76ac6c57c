package dev.cairn.transforms.embed;

import dev.cairn.models.token.TextTokenizer;
import dev.cairn.transforms.text.TextTokens;
import org.jspecify.annotations.Nullable;

/** The line of context that goes before a chunk's text when it is embedded behind its title. */
public final class TitleLine {
  /** The share of a chunk's tokens that its context may take: a quarter. */
  private static final int SHARE = 4;

  private TitleLine() {}

  /** The title that a chunk's row names: none is no text. */
  public static String inRow(@Nullable Object title) {
    return title == null ? "" : title.toString();
  }

  /** The title cut before the first word that would exceed its share, and a line break. */
  public static String of(String title, TextTokenizer tokenizer, int maxTokens) {
    TextTokens tokens = new TextTokens(tokenizer, title);
    int end = 0;
    int wordStart = 0;
    for (int count = 0; tokens.next(); count++) {
      if (!tokens.continuesWord()) {
        wordStart = tokens.start();
      }
      if (count == maxTokens / SHARE) {
        return line(title.substring(0, wordStart));
      }
      end = tokens.end();
    }
    return line(title.substring(0, end));
  }

  private static String line(String text) {
    return text.isBlank() ? "" : text.strip() + "\n";
  }
}
