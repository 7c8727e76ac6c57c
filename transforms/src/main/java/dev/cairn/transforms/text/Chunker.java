package dev.cairn.transforms.text;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Cuts one part of a document into chunks, as design.md's rule says: a window ends at the last
 * sentence end in its last third, else between words; the last two chunks of a part are evened out;
 * white space belongs to the chunk before it. Together the chunks cover the part without a gap.
 *
 * <p>Reads the text once, piece by piece: memory is that of two windows of tokens whatever the
 * part's length. An iterator belongs to one thread.
 */
public final class Chunker implements Iterator<Chunk> {
  /** Tokens the model adds to every text: {@code [CLS]} and {@code [SEP]}. */
  public static final int SPECIAL_TOKENS = 2;

  private final String id;
  private final int partIndex;
  private final String partText;
  private final TokenSource tokens;
  private final TokenWindow window;
  private final int budget;
  private final int overlap;
  private final int extraTokens;

  private int index;
  private int charStart;
  private int textStart;

  /** True if the window starts inside a word, whose rest may have other tokens by itself. */
  private boolean insideWord;

  private boolean done;

  /**
   * Starts cutting.
   *
   * @param id the document's
   * @param partIndex the part's place in the document, from 0
   * @param charStart where the part starts in the document's text, in Unicode code points
   * @param partText the part's text
   * @param tokens the tokens of {@code partText}
   * @param contextTokens tokens of a context line that goes before each chunk when it is embedded
   */
  public Chunker(
      String id,
      int partIndex,
      int charStart,
      String partText,
      TokenSource tokens,
      ChunkSettings settings,
      int contextTokens) {
    this.id = id;
    this.partIndex = partIndex;
    this.partText = partText;
    this.tokens = tokens;
    this.window = new TokenWindow(partText, tokens);
    this.extraTokens = SPECIAL_TOKENS + contextTokens;
    this.budget = settings.maxTokens() - extraTokens;
    this.overlap = settings.overlap();
    this.charStart = charStart;
    if (budget < 1 || overlap >= budget) {
      throw new IllegalArgumentException(
          "Cannot chunk: " + contextTokens + " tokens of context (room for text beside them)");
    }
    window.fill(1);
    this.done = window.size() == 0;
  }

  @Override
  public boolean hasNext() {
    return !done;
  }

  @Override
  public Chunk next() {
    if (done) {
      throw new NoSuchElementException();
    }
    window.fill(2 * budget + 1);
    int size = window.size();
    boolean last = window.ended() && size <= budget;
    int cut = last ? size : cut(size);
    int count = cut;
    if (insideWord || isInsideWord(cut)) {
      count = tokens.count(span(cut));
      while (count > budget) {
        cut--;
        count = tokens.count(span(cut));
      }
    }
    String text = span(cut);
    int charEnd = charStart + text.codePointCount(0, text.length());
    Chunk chunk = Chunk.of(id, partIndex, index++, charStart, charEnd, count + extraTokens, text);
    if (cut == size && window.ended()) {
      done = true;
    } else {
      advance(cut, charEnd);
    }
    return chunk;
  }

  /** The text of the window's first {@code cut} tokens; the last window goes to the part's end. */
  private String span(int cut) {
    boolean toEnd = cut == window.size() && window.ended();
    return partText.substring(textStart, toEnd ? partText.length() : window.start(cut));
  }

  private boolean isInsideWord(int cut) {
    return cut < window.size() && window.breakBefore(cut) == Breaks.NONE;
  }

  private void advance(int cut, int charEnd) {
    int textEnd = window.start(cut);
    int next = overlap == 0 ? cut : overlapStart(cut);
    insideWord = isInsideWord(next);
    window.drop(next);
    textStart = window.start(0);
    charStart = charEnd - partText.codePointCount(textStart, textEnd);
  }

  /** The first token of the next window: a word start at most {@code overlap} tokens back. */
  private int overlapStart(int cut) {
    for (int i = Math.max(1, cut - overlap); i < cut; i++) {
      if (window.breakBefore(i).compareTo(Breaks.WORD) <= 0) {
        return i;
      }
    }
    return cut;
  }

  private int cut(int size) {
    if (window.ended() && size <= 2 * budget) {
      Integer even = nearestToMiddle(size);
      if (even != null) {
        return even;
      }
    }
    int sentence = lastBreak(2 * budget / 3 + 1, Breaks.SENTENCE);
    if (sentence > 0) {
      return sentence;
    }
    int word = lastBreak(1, Breaks.WORD);
    if (word > 0) {
      return word;
    }
    int token = lastBreak(1, Breaks.TOKEN);
    return token > 0 ? token : budget;
  }

  /**
   * The last token in {@code [least, budget]} with such a break or a better one before it, or 0.
   */
  private int lastBreak(int least, Breaks kind) {
    for (int i = budget; i >= least; i--) {
      if (window.breakBefore(i).compareTo(kind) <= 0) {
        return i;
      }
    }
    return 0;
  }

  /**
   * The cut that halves what is left: the sentence end nearest to the middle in the middle third,
   * else the word boundary nearest to the middle; null if no cut leaves two windows.
   */
  private @Nullable Integer nearestToMiddle(int size) {
    int least = Math.max(1, size - budget);
    int sentence = nearest(size, Math.max(least, size / 3), 2 * size / 3, Breaks.SENTENCE);
    int cut = sentence > 0 ? sentence : nearest(size, least, budget, Breaks.WORD);
    return cut > 0 ? (Integer) cut : null;
  }

  private int nearest(int size, int least, int most, Breaks kind) {
    int middle = size / 2;
    for (int away = 0; away <= size; away++) {
      for (int i : new int[] {middle - away, middle + away}) {
        boolean inside = i >= least && i <= Math.min(most, budget);
        if (inside && window.breakBefore(i).compareTo(kind) <= 0) {
          return i;
        }
      }
    }
    return 0;
  }
}
