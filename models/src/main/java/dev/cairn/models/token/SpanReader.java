package dev.cairn.models.token;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.jni.CharSpan;

/** Turns a native encoding of a piece into spans of the text that the piece was cut from. */
final class SpanReader {

  private SpanReader() {}

  static TokenSpans read(String piece, int textStart, Encoding encoding) {
    CharSpan[] spans = encoding.getCharTokenSpans();
    long[] words = encoding.getWordIds();
    int[] starts = new int[spans.length];
    int[] ends = new int[spans.length];
    boolean[] wordStarts = new boolean[spans.length];
    int[] utf16 = utf16Offsets(piece);
    for (int i = 0; i < spans.length; i++) {
      starts[i] = textStart + at(utf16, spans[i].getStart());
      ends[i] = textStart + at(utf16, spans[i].getEnd());
      wordStarts[i] = i == 0 || words[i] != words[i - 1];
    }
    return new TokenSpans(textStart, textStart + piece.length(), starts, ends, wordStarts);
  }

  private static int at(int[] utf16, int codePoint) {
    return utf16.length == 0 ? codePoint : utf16[codePoint];
  }

  /** The UTF-16 index of each code point and of the end; empty where the two counts agree. */
  private static int[] utf16Offsets(String piece) {
    int codePoints = piece.codePointCount(0, piece.length());
    if (codePoints == piece.length()) {
      return new int[0];
    }
    int[] offsets = new int[codePoints + 1];
    for (int i = 0; i < codePoints; i++) {
      offsets[i + 1] = offsets[i] + Character.charCount(piece.codePointAt(offsets[i]));
    }
    return offsets;
  }
}
