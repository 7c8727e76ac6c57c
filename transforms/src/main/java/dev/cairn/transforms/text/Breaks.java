package dev.cairn.transforms.text;

/**
 * Where text may be cut before a token, from the best place to the worst. Pure character rules, so
 * that every machine and every Java version cuts at the same places.
 */
enum Breaks {
  /** After a sentence end or a line break. */
  SENTENCE,
  /** Between words, at white space. */
  WORD,
  /** Between tokens that do not share a word: punctuation, ideographs. */
  TOKEN,
  /** Inside a word. */
  NONE;

  private static final String ENDS = ".!?\u2026\u3002\uff01\uff1f";
  private static final String IDEOGRAPHIC_ENDS = "\u3002\uff01\uff1f";
  private static final String CLOSERS = "\"')]}\u201d\u2019\u00bb\u300d\u300f\uff09";

  /**
   * The kind of break before the token that starts at {@code start}.
   *
   * @param previousEnd where the token before it ends
   * @param continuesWord true if the tokenizer made both from one word
   */
  static Breaks before(String text, int previousEnd, int start, boolean continuesWord) {
    if (continuesWord || start < previousEnd) {
      return NONE;
    }
    if (start == 0 || !isSpace(text.charAt(start - 1))) {
      boolean ideographicEnd = start > 0 && IDEOGRAPHIC_ENDS.indexOf(text.charAt(start - 1)) >= 0;
      return ideographicEnd ? SENTENCE : TOKEN;
    }
    int i = start - 1;
    while (i >= 0 && isSpace(text.charAt(i))) {
      if (text.charAt(i) == '\n') {
        return SENTENCE;
      }
      i--;
    }
    while (i >= 0 && CLOSERS.indexOf(text.charAt(i)) >= 0) {
      i--;
    }
    return i >= 0 && ENDS.indexOf(text.charAt(i)) >= 0 ? SENTENCE : WORD;
  }

  /** White space by Unicode's White_Space property, which no later version has changed. */
  static boolean isSpace(char c) {
    return c == ' '
        || (c >= '\t' && c <= '\r')
        || c == '\u0085'
        || c == '\u00a0'
        || c == '\u1680'
        || (c >= '\u2000' && c <= '\u200a')
        || c == '\u2028'
        || c == '\u2029'
        || c == '\u202f'
        || c == '\u205f'
        || c == '\u3000';
  }
}
