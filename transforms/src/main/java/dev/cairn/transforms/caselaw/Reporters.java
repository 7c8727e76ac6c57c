package dev.cairn.transforms.caselaw;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The reporters of case law and the ways in which they are written, found in a text whatever blanks
 * and line ends stand inside a name. Facts of the Free Law Project's reporters-db; see the
 * resource. Immutable and thread-safe.
 */
final class Reporters {
  private static final String RESOURCE = "reporters.tsv";

  /** Blanks and line ends between two letters of a name at most: lines may be set wide. */
  static final int MAX_GAP = 12;

  /** Characters of a name that is known without its last point: a shorter one is some word. */
  private static final int MIN_SLOPPY = 4;

  private static final Reporters STANDARD = load();

  /**
   * An edition of a reporter.
   *
   * @param name as it is cited
   * @param first year of its first volume; 0 if not known
   * @param last year of its last volume; {@link Integer#MAX_VALUE} if it is still printed
   */
  record Edition(String name, int first, int last) {
    boolean printedIn(int year) {
      return first <= year && year <= last;
    }
  }

  /**
   * A name that was found.
   *
   * @param end behind its last character, in UTF-16 units
   * @param editions that it may mean, those of exactly this name first
   */
  record Match(int end, List<Edition> editions) {}

  private static final class Node {
    final Map<Character, Node> next = new HashMap<>();
    final List<Edition> editions = new ArrayList<>();
  }

  private final Node root = new Node();

  private Reporters() {}

  /** Those of reporters-db. */
  static Reporters standard() {
    return STANDARD;
  }

  /** The longest name that starts at {@code at}; null if none does. */
  @Nullable Match match(String text, int at) {
    Node node = root;
    Match longest = null;
    int i = at;
    while (i < text.length()) {
      int gap = 0;
      while (gap < MAX_GAP && i < text.length() && isBlank(text.charAt(i)) && i > at) {
        i++;
        gap++;
      }
      Node next = i < text.length() ? node.next.get(text.charAt(i)) : null;
      if (next == null) {
        break;
      }
      node = next;
      i++;
      if (!node.editions.isEmpty()) {
        longest = new Match(i, node.editions);
      }
    }
    return longest;
  }

  static boolean isBlank(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\u00a0';
  }

  /** As it is written, and as it is often written without care. */
  private void addSpellings(String written, Edition edition) {
    add(written, edition);
    if (written.endsWith(".") && written.length() > MIN_SLOPPY) {
      add(written.substring(0, written.length() - 1), edition);
    }
    if (written.endsWith(" LEXIS")) {
      add(written.replace("LEXIS", "Lexis"), edition);
    }
  }

  private void add(String written, Edition edition) {
    Node node = root;
    for (int i = 0; i < written.length(); i++) {
      char c = written.charAt(i);
      if (!isBlank(c)) {
        node = node.next.computeIfAbsent(c, any -> new Node());
      }
    }
    if (!node.editions.contains(edition)) {
      node.editions.add(written.equals(edition.name()) ? 0 : node.editions.size(), edition);
    }
  }

  private static Reporters load() {
    Reporters reporters = new Reporters();
    InputStream resource =
        Objects.requireNonNull(Reporters.class.getResourceAsStream(RESOURCE), RESOURCE);
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          String[] fields = line.split("\t", -1);
          int first = fields[2].isEmpty() ? 0 : Integer.parseInt(fields[2]);
          int last = fields[3].isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(fields[3]);
          reporters.addSpellings(fields[0], new Edition(fields[1], first, last));
        }
      }
      return reporters;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + RESOURCE + " (in the jar)", e);
    }
  }
}
