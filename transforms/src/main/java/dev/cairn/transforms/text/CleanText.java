package dev.cairn.transforms.text;

import java.util.regex.Pattern;

/**
 * Text that came from pages of print, as a person would have typed it. The rule, in this order:
 *
 * <ol>
 *   <li>line ends are line feeds; tabs and blanks of other kinds are blanks
 *   <li>of several blanks one stays, and none at the ends of lines; of several empty lines one
 *       stays
 *   <li>a page break (form feed) is a line end, and the page's number goes where it is alone on the
 *       line before or behind it; so does a number between hyphens that is alone on its line (-12-)
 *   <li>a word that was broken at a line's end is one word: a letter, a hyphen, a line end (or two,
 *       as between lines that are set wide) and a small letter; before a capital the hyphen stays
 * </ol>
 *
 * <p>Takes time in proportion to the text, whatever is in it.
 */
public final class CleanText {
  private static final Pattern LINE_END = Pattern.compile("\r\n?");
  private static final Pattern BLANK = Pattern.compile("[\t\u00a0\u2007\u202f]");

  // No run of blanks or empty lines is long once these two have passed: what follows is linear.
  private static final Pattern BLANKS = Pattern.compile(" {2,}");
  private static final Pattern OUTER_BLANK = Pattern.compile(" ?\n ?");
  private static final Pattern EMPTY_LINES = Pattern.compile("\n{3,}");

  /** A number as pages have it: 12, -12- or - 12 -. */
  private static final String NUMBER = "(?:- ?)?\\d{1,4}(?: ?-)?";

  private static final Pattern PAGE_BREAK =
      Pattern.compile("(?:\n" + NUMBER + ")?[ \n]{0,3}\f[ \n\f]*(?:" + NUMBER + "\n)?");

  private static final Pattern PAGE_LINE = Pattern.compile("\n{1,2}- ?\\d{1,4} ?-(?:\n{1,2}|$)");

  private static final Pattern BROKEN_WORD = Pattern.compile("(?<=\\p{L})-\n{1,2}(?=\\p{Ll})");
  private static final Pattern BROKEN_NAME = Pattern.compile("(?<=\\p{L}-)\n{1,2}(?=\\p{Lu})");

  private CleanText() {}

  /** Cleans {@code text}. */
  public static String of(String text) {
    String clean = LINE_END.matcher(text).replaceAll("\n");
    clean = BLANK.matcher(clean).replaceAll(" ");
    clean = BLANKS.matcher(clean).replaceAll(" ");
    clean = OUTER_BLANK.matcher(clean).replaceAll("\n");
    clean = EMPTY_LINES.matcher(clean).replaceAll("\n\n");
    clean = PAGE_LINE.matcher(clean).replaceAll("\n");
    if (clean.indexOf('\f') >= 0) {
      clean = PAGE_BREAK.matcher(clean).replaceAll("\n");
    }
    clean = BROKEN_WORD.matcher(clean).replaceAll("");
    clean = BROKEN_NAME.matcher(clean).replaceAll("");
    return clean.strip();
  }
}
