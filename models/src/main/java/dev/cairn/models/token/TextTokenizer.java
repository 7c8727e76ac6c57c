package dev.cairn.models.token;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.cairn.models.ModelFiles;
import dev.cairn.models.OfflineDjl;
import dev.cairn.models.token.TextRefusedException.Reason;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A model's tokenizer with explicit limits: truncation and padding that the file asks for are off.
 *
 * <p>Safe for use by many threads. Whoever opened it closes it; a call that runs meanwhile ends
 * first, a later one throws {@link IllegalStateException}.
 */
public final class TextTokenizer implements AutoCloseable {

  private final HuggingFaceTokenizer tokenizer;
  private final long[] leading;
  private final long[] trailing;

  /** Held shared by each native call, so that the native tokenizer is not freed under one. */
  private final ReadWriteLock use = new ReentrantReadWriteLock();

  private boolean closed;

  private TextTokenizer(HuggingFaceTokenizer tokenizer) {
    this.tokenizer = tokenizer;
    // The special tokens around any text, told by the model's own template around one letter.
    Encoding sample = tokenizer.encode("a", true, false);
    long[] special = sample.getSpecialTokenMask();
    int first = 0;
    while (special[first] == 1) {
      first++;
    }
    int last = special.length;
    while (special[last - 1] == 1) {
      last--;
    }
    leading = Arrays.copyOfRange(sample.getIds(), 0, first);
    trailing = Arrays.copyOfRange(sample.getIds(), last, special.length);
  }

  /**
   * Loads the tokenizer of a model.
   *
   * @throws IOException if the file cannot be read
   */
  public static TextTokenizer open(ModelFiles files) throws IOException {
    OfflineDjl.prefer();
    // modelMaxLength only silences DJL: without truncation nothing is cut at it.
    Map<String, String> options =
        Map.of(
            "addSpecialTokens", "true",
            "truncation", "false",
            "padding", "false",
            "modelMaxLength", Integer.toString(files.spec().tokenLimit()));
    return new TextTokenizer(HuggingFaceTokenizer.newInstance(files.tokenizer(), options));
  }

  /** How many special tokens {@link #encode} puts around a text. */
  public int specialTokens() {
    return leading.length + trailing.length;
  }

  /**
   * The ids of one text for the model, special tokens included.
   *
   * @param maxTokens most ids, special ones counted
   * @throws TextRefusedException if there are more ids, no token at all, or a lone surrogate; the
   *     text is never cut
   */
  public long[] encode(String text, int maxTokens) {
    TextPieces.requireUnicode(text);
    long[] ids = leading;
    for (int start = 0; start < text.length(); ) {
      int end = TextPieces.end(text, start);
      ids = join(ids, encodePiece(text.substring(start, end)).getIds());
      if (ids.length + trailing.length > maxTokens) {
        throw new TextRefusedException(
            Reason.TOO_LONG,
            "Cannot encode text: "
                + (end < text.length() ? "more than " : "")
                + (ids.length + trailing.length)
                + " tokens in "
                + text.length()
                + " chars (at most "
                + maxTokens
                + ", special tokens counted)");
      }
      start = end;
    }
    if (ids.length == leading.length) {
      throw new TextRefusedException(
          Reason.NO_TOKENS,
          "Cannot encode text: no token in " + text.length() + " chars (at least one)");
    }
    return join(ids, trailing);
  }

  /**
   * The tokens of a text of any length, piece by piece in order, special tokens not counted. The
   * pieces cover the text without gaps and take bounded memory: each is made when it is asked for.
   * {@link #encode} of any stretch between two word starts gives as many tokens as lie in it.
   *
   * @throws TextRefusedException if the text has a lone surrogate, before the first piece
   */
  public Iterable<TokenSpans> spans(String text) {
    TextPieces.requireUnicode(text);
    return () -> new PieceIterator(text);
  }

  /** Frees the native tokenizer. Closing twice is harmless. */
  @Override
  public void close() {
    use.writeLock().lock();
    try {
      closed = true;
      tokenizer.close();
    } finally {
      use.writeLock().unlock();
    }
  }

  private Encoding encodePiece(String piece) {
    use.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("Cannot tokenize text: tokenizer is closed");
      }
      return tokenizer.encode(piece, false, false);
    } finally {
      use.readLock().unlock();
    }
  }

  private static long[] join(long[] first, long[] second) {
    long[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  private final class PieceIterator implements Iterator<TokenSpans> {

    private final String text;
    private int start;

    PieceIterator(String text) {
      this.text = text;
    }

    @Override
    public boolean hasNext() {
      return start < text.length();
    }

    @Override
    public TokenSpans next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      int end = TextPieces.end(text, start);
      String piece = text.substring(start, end);
      TokenSpans spans = SpanReader.read(piece, start, encodePiece(piece));
      start = end;
      return spans;
    }
  }
}
