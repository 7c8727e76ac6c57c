package dev.cairn.pipelines.search;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The stretch of a text that shows best why it was found: the one with most different words of the
 * query, cut at blanks.
 *
 * @param text the stretch, its white space made single
 * @param marks where words of the query stand in it, in order
 */
public record Excerpt(String text, List<Mark> marks) {

  /**
   * A word of the query.
   *
   * @param start in UTF-16 units
   * @param end behind it
   */
  public record Mark(int start, int end) {}

  /**
   * Cuts a text.
   *
   * @param query whose words are looked for
   * @param length UTF-16 units at most, some more for the last word
   */
  public static Excerpt of(String text, String query, int length) {
    String flat = text.strip().replaceAll("\\s+", " ");
    Set<String> wanted = new HashSet<>(Words.of(query));
    List<Words.Word> found =
        Words.in(flat).stream().filter(word -> wanted.contains(word.term())).toList();
    int from = start(flat, found, length);
    int to = Math.min(flat.length(), from + length);
    while (to < flat.length() && flat.charAt(to) != ' ') {
      to++;
    }
    List<Mark> marks = new ArrayList<>();
    for (Words.Word word : found) {
      if (word.start() >= from && word.end() <= to) {
        marks.add(new Mark(word.start() - from, word.end() - from));
      }
    }
    return new Excerpt(flat.substring(from, to), List.copyOf(marks));
  }

  /** The begin of the stretch with most different words, a little before the first of them. */
  private static int start(String text, List<Words.Word> found, int length) {
    int best = 0;
    long most = 0;
    for (Words.Word first : found) {
      long terms =
          found.stream()
              .filter(word -> word.start() >= first.start())
              .filter(word -> word.end() <= first.start() + length)
              .map(Words.Word::term)
              .distinct()
              .count();
      if (terms > most) {
        most = terms;
        best = first.start();
      }
    }
    int lead = Math.max(0, Math.min(best - length / 4, text.length() - length));
    int blank = lead == 0 ? -1 : text.lastIndexOf(' ', lead);
    return blank + 1;
  }
}
