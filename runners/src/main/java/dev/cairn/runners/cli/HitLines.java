package dev.cairn.runners.cli;

import dev.cairn.pipelines.search.Excerpt;
import dev.cairn.pipelines.search.Hit;
import java.util.Locale;

/** Hits of a search as people read them: a line that names each, and why it was found. */
final class HitLines {
  private static final int EXCERPT_CHARS = 320;
  private static final String BOLD = "\u001b[1m";
  private static final String DIM = "\u001b[2m";
  private static final String PLAIN = "\u001b[0m";

  private final String query;
  private final boolean styled;

  HitLines(String query, boolean styled) {
    this.query = query;
    this.styled = styled;
  }

  String of(Hit hit) {
    String head =
        String.format(
            Locale.ROOT,
            "%d. %s %s(part %d, chunk %d; %.4f)%s",
            hit.rank(),
            style(BOLD, visible(hit.id() + (hit.title().isEmpty() ? "" : "  " + hit.title()))),
            styled ? DIM : "",
            hit.part(),
            hit.chunk(),
            hit.score(),
            styled ? PLAIN : "");
    return head + "\n   " + marked(Excerpt.of(hit.text(), query, EXCERPT_CHARS));
  }

  private String marked(Excerpt excerpt) {
    StringBuilder line = new StringBuilder();
    int at = 0;
    for (Excerpt.Mark mark : excerpt.marks()) {
      line.append(visible(excerpt.text().substring(at, mark.start())));
      line.append(style(BOLD, visible(excerpt.text().substring(mark.start(), mark.end()))));
      at = mark.end();
    }
    return line.append(visible(excerpt.text().substring(at))).toString();
  }

  private String style(String code, String text) {
    return styled ? code + text + PLAIN : text;
  }

  /** A text of others must not steer the terminal. */
  private static String visible(String text) {
    return text.codePoints()
        .map(c -> Character.isISOControl(c) ? ' ' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
