package dev.cairn.transforms.text;

import java.util.Arrays;

/** The tokens read but not yet cut off, of one text: a queue with a kind of break before each. */
final class TokenWindow {
  private final String text;
  private final TokenSource tokens;
  private int[] starts = new int[1024];
  private Breaks[] breaks = new Breaks[1024];
  private int from;
  private int to;
  private int lastEnd;
  private boolean ended;

  TokenWindow(String text, TokenSource tokens) {
    this.text = text;
    this.tokens = tokens;
  }

  /** Reads on until {@code count} tokens are here or the text has ended. */
  void fill(int count) {
    while (!ended && size() < count) {
      if (tokens.next()) {
        add(tokens.start(), Breaks.before(text, lastEnd, tokens.start(), tokens.continuesWord()));
        lastEnd = tokens.end();
      } else {
        ended = true;
      }
    }
  }

  /** True if no token follows those that are here. */
  boolean ended() {
    return ended;
  }

  int size() {
    return to - from;
  }

  /** Where token {@code i} of the window starts, in UTF-16 units. */
  int start(int i) {
    return starts[from + i];
  }

  /** The break before token {@code i} of the window. */
  Breaks breakBefore(int i) {
    return breaks[from + i];
  }

  void drop(int count) {
    from += count;
  }

  private void add(int start, Breaks kind) {
    if (to == starts.length) {
      makeRoom();
    }
    starts[to] = start;
    breaks[to] = kind;
    to++;
  }

  private void makeRoom() {
    int size = size();
    int capacity = size > starts.length / 2 ? 2 * starts.length : starts.length;
    starts = Arrays.copyOf(Arrays.copyOfRange(starts, from, to), capacity);
    breaks = Arrays.copyOf(Arrays.copyOfRange(breaks, from, to), capacity);
    from = 0;
    to = size;
  }
}
