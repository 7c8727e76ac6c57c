package dev.cairn.pipelines.search;

import dev.cairn.transforms.index.Words;
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

  /** The begin of a stretch in whose middle most different words stand closest together. */
  private static int start(String text, List<Words.Word> found, int length) {
    int most = 0;
    int shortest = 0;
    int middle = 0;
    for (int i = 0; i < found.size(); i++) {
      int from = found.get(i).start();
      int to = from;
      Set<String> terms = new HashSet<>();
      for (Words.Word word : found.subList(i, found.size())) {
        if (word.end() > from + length) {
          break;
        }
        if (terms.add(word.term())) {
          to = word.end();
        }
      }
      if (terms.size() > most || (terms.size() == most && to - from < shortest)) {
        most = terms.size();
        shortest = to - from;
        middle = (from + to) / 2;
      }
    }
    int start = Math.max(0, Math.min(middle - length / 2, text.length() - length));
    return start == 0 ? 0 : text.lastIndexOf(' ', start) + 1;
  }
}
