package dev.cairn.transforms.text;

import dev.cairn.models.token.TextTokenizer;
import dev.cairn.models.token.TokenSpans;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** A tokenizer's pieces of one text as one row of tokens. */
public final class TextTokens implements TokenSource {
  private final TextTokenizer tokenizer;
  private final Iterator<TokenSpans> pieces;
  private @Nullable TokenSpans piece;
  private int at;

  /** The tokens of {@code text}. */
  public TextTokens(TextTokenizer tokenizer, String text) {
    this.tokenizer = tokenizer;
    this.pieces = tokenizer.spans(text).iterator();
  }

  @Override
  public boolean next() {
    at++;
    while (piece == null || at >= piece.size()) {
      if (!pieces.hasNext()) {
        return false;
      }
      piece = pieces.next();
      at = 0;
    }
    return true;
  }

  @Override
  public int start() {
    return present().start(at);
  }

  @Override
  public int end() {
    return present().end(at);
  }

  @Override
  public boolean continuesWord() {
    return !present().startsWord(at);
  }

  @Override
  public int count(String other) {
    int count = 0;
    for (TokenSpans spans : tokenizer.spans(other)) {
      count += spans.size();
    }
    return count;
  }

  private TokenSpans present() {
    if (piece == null) {
      throw new IllegalStateException("Cannot read token: none yet (next first)");
    }
    return piece;
  }
}
