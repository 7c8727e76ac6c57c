package dev.cairn.models.token;

/**
 * The tokens of one piece of a text, special ones not counted, in order.
 *
 * <p>Offsets are UTF-16 indices into the whole text, as {@link String#substring} takes them. Tokens
 * need not touch: white space and characters that the tokenizer drops belong to none. Two tokens of
 * one word may share a character that the tokenizer took apart.
 */
public final class TokenSpans {

  private final int textStart;
  private final int textEnd;
  private final int[] starts;
  private final int[] ends;
  private final boolean[] wordStarts;

  TokenSpans(int textStart, int textEnd, int[] starts, int[] ends, boolean[] wordStarts) {
    this.textStart = textStart;
    this.textEnd = textEnd;
    this.starts = starts;
    this.ends = ends;
    this.wordStarts = wordStarts;
  }

  /** Where this piece begins in the text; the piece before it ends here. */
  public int textStart() {
    return textStart;
  }

  /** Where this piece ends in the text, exclusive. */
  public int textEnd() {
    return textEnd;
  }

  /** The number of tokens, possibly 0. */
  public int size() {
    return starts.length;
  }

  /** The UTF-16 index of the first character of a token. */
  public int start(int token) {
    return starts[token];
  }

  /** The UTF-16 index after the last character of a token. */
  public int end(int token) {
    return ends[token];
  }

  /**
   * Whether a token starts a word. The text cut before such a token has the same tokens on either
   * side of the cut as it had in whole.
   */
  public boolean startsWord(int token) {
    return wordStarts[token];
  }
}
