package dev.cairn.transforms.caselaw;

import dev.cairn.transforms.caselaw.Reporters.Edition;
import dev.cairn.transforms.caselaw.Reporters.Match;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds full citations of cases in a text: volume, reporter and first page, as {@code 410 U.S. 113}
 * or {@code 1999 WL 12345}; also where line ends stand inside. Short forms ({@code 410 U.S. at
 * 115}), statutes, rules and journals are none. Each of several parallel citations counts. Takes
 * time in proportion to the text. Immutable and thread-safe.
 */
final class CitationFinder {
  private static final int MAX_VOLUME_DIGITS = 4;
  private static final int MAX_PAGE_DIGITS = 8;
  private static final int FIRST_YEAR = 1600;
  private static final int LAST_YEAR = 2100;

  /** How far behind a citation the parentheses with its year may close. */
  private static final int YEAR_WINDOW = 400;

  /** The reporter's own volume by the name of its editor: 67 U.S. (2 Black) 635. */
  private static final Pattern EDITOR =
      Pattern.compile(
          "\\s{0,3}\\((?:\\d{1,2}\\s{1,4})?(?:Black|Cranch|Pet\\.|Wall\\.|How\\.|Wheat\\.|Dall\\.)\\)");

  /** Places inside the case that is cited, before what follows it. */
  private static final Pattern PINPOINTS =
      Pattern.compile(
          "\\G(?:\\s{0,4},?\\s*+(?:at\\s{1,4})?(?:\\*{1,2}\\s?|&?\\s?nn?\\.\\s{0,4})?\\d{1,6}"
              + "(?:\\s{0,4}[-\u2013]\\s{0,4}\\*?\\d{1,6})?"
              + "(?:\\s{0,4}&\\s{0,4}(?:nn?\\.\\s{0,4})?\\d{1,6})?){0,6}");

  /** The mark of a footnote behind a sentence. */
  private static final Pattern FOOTNOTE = Pattern.compile("\\.\\d{1,3}\\s{1,4}\\p{Lu}");

  private static final Pattern PARENTHESES =
      Pattern.compile("\\G,?\\s{0,4}\\(([^()]{0,80}?)(\\d{4})\\s?\\)");

  private final Reporters reporters;

  private CitationFinder(Reporters reporters) {
    this.reporters = reporters;
  }

  /** Finds those of all reporters that are known. */
  static CitationFinder standard() {
    return new CitationFinder(Reporters.standard());
  }

  /** A citation before its year is known. */
  private record Cited(String volume, List<Edition> editions, String page, int start, int end) {}

  /** All citations, in order. */
  List<FoundCitation> find(String text) {
    List<Cited> cited = new ArrayList<>();
    for (int at = 0; at < text.length(); ) {
      int end = digits(text, at);
      Cited found = end > at && startsNumber(text, at) ? cited(text, at, end) : null;
      if (found != null) {
        cited.add(found);
      }
      at = found != null ? found.end() : Math.max(end, at + 1);
    }
    return withYears(text, cited);
  }

  /**
   * The normal form of one citation by itself; null if it is none.
   *
   * @param year of the case, or null
   */
  @Nullable String normalized(String cite, @Nullable Integer year) {
    List<FoundCitation> found = find(year == null ? cite : cite + " (" + year + ")");
    return found.size() == 1 && found.get(0).start() == 0 ? found.get(0).cite() : null;
  }

  private @Nullable Cited cited(String text, int start, int volumeEnd) {
    if (volumeEnd - start > MAX_VOLUME_DIGITS) {
      return null;
    }
    int name = skipGap(text, volumeEnd);
    Match reporter = name == volumeEnd ? null : reporters.match(text, name);
    if (reporter == null) {
      return null;
    }
    int behind = reporter.end();
    if (text.startsWith(".", behind)) {
      behind++; // 10 Ohio App.3d. 305
    }
    Matcher editor = EDITOR.matcher(text).region(behind, text.length());
    behind = editor.lookingAt() ? editor.end() : behind;
    int page = skipMark(text, skipGap(text, skipComma(text, behind)));
    int end = thousands(text, page, digits(text, page));
    if (page == behind || end == page || end - page > MAX_PAGE_DIGITS || goesOn(text, end)) {
      return null;
    }
    boolean brief = reporter.end() - name <= 2;
    if (brief && text.substring(start, page).indexOf('\n') >= 0) {
      return null; // an initial at a line's end, more often than a reporter
    }
    String volume = number(text, start, volumeEnd);
    List<Edition> editions = reporter.editions().stream().filter(e -> canHave(e, volume)).toList();
    return editions.isEmpty()
        ? null
        : new Cited(volume, editions, number(text, page, end), start, end);
  }

  /** A volume that is a year is none of a reporter that had ended by then. */
  private static boolean canHave(Edition edition, String volume) {
    int number = Integer.parseInt(volume);
    return number < FIRST_YEAR || number <= edition.last();
  }

  /** The year stands behind the last of several parallel citations. */
  private static List<FoundCitation> withYears(String text, List<Cited> cited) {
    List<FoundCitation> found = new ArrayList<>();
    Integer year = null;
    int next = -1;
    for (int i = cited.size() - 1; i >= 0; i--) {
      Cited each = cited.get(i);
      Integer own = yearBehind(text, each.end());
      boolean parallel = next >= 0 && isParallel(text, each.end(), next);
      year = own != null ? own : parallel ? year : null;
      found.add(
          new FoundCitation(
              each.volume(), edition(each, year), each.page(), year, each.start(), each.end()));
      next = each.start();
    }
    Collections.reverse(found);
    return found;
  }

  private static @Nullable Integer yearBehind(String text, int end) {
    int window = Math.min(text.length(), end + YEAR_WINDOW);
    Matcher pinpoints = PINPOINTS.matcher(text).region(end, window);
    int behind = pinpoints.find() ? pinpoints.end() : end;
    Matcher parentheses = PARENTHESES.matcher(text).region(behind, window);
    if (!parentheses.find()) {
      return null;
    }
    int year = Integer.parseInt(parentheses.group(2));
    return year >= FIRST_YEAR && year < LAST_YEAR ? (Integer) year : null;
  }

  /** True if nothing but pinpoints and a comma stands between two citations. */
  private static boolean isParallel(String text, int end, int next) {
    if (next - end > YEAR_WINDOW) {
      return false;
    }
    Matcher pinpoints = PINPOINTS.matcher(text).region(end, next);
    int behind = pinpoints.find() ? pinpoints.end() : end;
    String between = text.substring(Math.min(behind, next), next).strip();
    return between.isEmpty() || between.equals(",");
  }

  private static String edition(Cited cited, @Nullable Integer year) {
    List<Edition> editions = cited.editions();
    if (year != null && editions.stream().anyMatch(e -> e.printedIn(year))) {
      editions = editions.stream().filter(e -> e.printedIn(year)).toList();
    }
    // The edition of exactly this name comes first.
    return editions.get(0).name();
  }

  private static boolean startsNumber(String text, int at) {
    if (at == 0) {
      return true;
    }
    char before = text.charAt(at - 1);
    return !Character.isLetterOrDigit(before) && "$.-/\u00a7#:".indexOf(before) < 0;
  }

  /** A letter or digit behind a page makes it something else: an ordinal, a section of a code. */
  private static boolean goesOn(String text, int end) {
    if (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
      return true;
    }
    int behind = text.startsWith(".", end) ? digits(text, end + 1) : end + 1;
    boolean section = behind > end + 1;
    return section && !FOOTNOTE.matcher(text).region(end, text.length()).lookingAt();
  }

  /** 791 F.2d, 1356. */
  private static int skipComma(String text, int at) {
    return text.startsWith(", ", at) ? at + 1 : at;
  }

  /** The mark of a paragraph: 105 FERC \u00b6 61,004; 65 Empl. Prac. Dec. P 43,248. */
  private static int skipMark(String text, int at) {
    boolean marked = text.startsWith("\u00b6", at) || text.startsWith("P ", at);
    return marked ? skipGap(text, at + 1) : at;
  }

  /** The end of a number with commas between its thousands. */
  private static int thousands(String text, int from, int end) {
    boolean comma = end > from && end - from <= 3 && text.startsWith(",", end);
    return comma && digits(text, end + 1) == end + 4 ? end + 4 : end;
  }

  private static int digits(String text, int at) {
    int end = at;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  private static int skipGap(String text, int at) {
    int end = at;
    while (end < text.length()
        && end - at < Reporters.MAX_GAP
        && Reporters.isBlank(text.charAt(end))) {
      end++;
    }
    if (end == at && text.startsWith("-", at)) {
      return at + 1; // 2005-Ohio-4787
    }
    return end;
  }

  private static String number(String text, int from, int to) {
    int first = from;
    while (first < to - 1 && text.charAt(first) == '0') {
      first++;
    }
    return text.substring(first, to).replace(",", "");
  }
}
