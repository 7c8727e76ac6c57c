package dev.cairn.transforms.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/** How text is cut into words: Lucene's English rules, which leave other languages' words whole. */
public final class Words {
  public static final Analyzer ANALYZER = new EnglishAnalyzer();

  private Words() {}

  /**
   * A word in a text.
   *
   * @param term as it is looked for
   * @param start where it stands, in UTF-16 units
   * @param end behind it
   */
  public record Word(String term, int start, int end) {}

  /** The words of a query, in order. */
  public static List<String> of(String text) {
    return in(text).stream().map(Word::term).toList();
  }

  /** The words of a text with their places, in order. */
  public static List<Word> in(String text) {
    List<Word> words = new ArrayList<>();
    try (TokenStream tokens = ANALYZER.tokenStream("", text)) {
      CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
      OffsetAttribute place = tokens.addAttribute(OffsetAttribute.class);
      tokens.reset();
      while (tokens.incrementToken()) {
        words.add(new Word(term.toString(), place.startOffset(), place.endOffset()));
      }
      tokens.end();
    } catch (IOException e) {
      throw new UncheckedIOException("no input or output over a text", e);
    }
    return words;
  }
}
