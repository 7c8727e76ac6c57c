package dev.cairn.models.token;

import dev.cairn.models.token.TextRefusedException.Reason;
import java.util.Locale;

/**
 * Cuts a text into pieces that one native call can take, where a cut changes no token.
 *
 * <p>The rule: a piece is at most {@value #MAX_PIECE_BYTES} bytes of UTF-8 and ends at the last
 * place before that where white space is followed by an ASCII character, a letter or a digit;
 * failing that, at the last place beside a CJK ideograph or an ASCII punctuation mark other than a
 * bracket (the tokenizer makes each of these a word of its own; brackets enclose special tokens);
 * failing that, at the last code point that fits. The last case is a single word of more than 64
 * KiB: its parts are words of their own, and the cuts depend only on where the word begins.
 */
final class TextPieces {

  /**
   * Most bytes of UTF-8 in one native call: an encoding takes some 110 bytes of native memory for a
   * byte of text (measured, design.md).
   */
  static final int MAX_PIECE_BYTES = 64 * 1024;

  private TextPieces() {}

  /** The end of the piece that begins at {@code start}, which is less than the text's length. */
  static int end(String text, int start) {
    int bytes = 0;
    int afterSpace = start;
    int besideIsolated = start;
    boolean space = false;
    boolean isolated = false;
    int at = start;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      boolean isolatedNow = isIsolated(c);
      if (space && canFollowSpace(c)) {
        afterSpace = at;
      } else if (isolatedNow || (isolated && canFollowSpace(c))) {
        besideIsolated = at;
      }
      bytes += utf8Bytes(c);
      if (bytes > MAX_PIECE_BYTES) {
        return afterSpace > start ? afterSpace : besideIsolated > start ? besideIsolated : at;
      }
      space = isSpace(c);
      isolated = isolatedNow;
      at += Character.charCount(c);
    }
    return at;
  }

  /**
   * Refuses a text that is not well-formed UTF-16: the native tokenizer takes UTF-8, which has no
   * form for half a pair.
   */
  static void requireUnicode(String text) {
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      // A whole pair is one code point above the surrogates; what remains among them is half of
      // one.
      if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
        throw new TextRefusedException(
            Reason.LONE_SURROGATE,
            "Cannot tokenize text: lone surrogate U+"
                + Integer.toHexString(c).toUpperCase(Locale.ROOT)
                + " at char "
                + i
                + " (text must be well-formed UTF-16)");
      }
      i += Character.charCount(c);
    }
  }

  /** White space of the tokenizer that is not a control character: those it drops. */
  private static boolean isSpace(int c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == 0xA0 || c == 0x3000;
  }

  /** No mark that could join what is before it, nothing that the tokenizer drops. */
  private static boolean canFollowSpace(int c) {
    return (c > ' ' && c < 0x7F) || Character.isLetterOrDigit(c);
  }

  private static boolean isIsolated(int c) {
    if (c >= 0x80) {
      return c >= 0x4E00 && c <= 0x9FFF;
    }
    return c > ' ' && c < 0x7F && !Character.isLetterOrDigit(c) && c != '[' && c != ']';
  }

  private static int utf8Bytes(int c) {
    return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  }
}
