package dev.cairn.transforms.text;

/**
 * The tokens of one text in order, without special ones: what a chunker needs of a tokenizer. Not
 * thread-safe.
 */
public interface TokenSource {

  /** Moves to the next token; false if there is none. */
  boolean next();

  /** Where the present token starts in the text, in UTF-16 units. */
  int start();

  /** Where the present token ends, exclusive, in UTF-16 units. */
  int end();

  /** True if the tokenizer made the present token and the one before it from one word. */
  boolean continuesWord();

  /** How many tokens another text has by itself. */
  int count(String other);
}
