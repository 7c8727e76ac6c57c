package dev.cairn.transforms.text;

import java.util.Locale;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeFilter;

/**
 * The text of HTML or XML that a person would read: paragraphs stay apart by an empty line, lines
 * that are broken on purpose stay lines, runs of white space are one blank, and what is
 * preformatted stays as it is. Scripts, styles and the marks of printed pages are left out.
 */
public final class HtmlText {
  /** Elements that do not end a line; all others do, also those of XML that HTML does not know. */
  private static final Set<String> INLINE =
      Set.of(
          "a",
          "abbr",
          "acronym",
          "b",
          "bdi",
          "bdo",
          "big",
          "bracketnum",
          "cite",
          "code",
          "data",
          "del",
          "dfn",
          "em",
          "extracted-citation",
          "font",
          "footnotemark",
          "i",
          "ins",
          "kbd",
          "label",
          "mark",
          "q",
          "s",
          "samp",
          "small",
          "span",
          "strike",
          "strong",
          "sub",
          "sup",
          "time",
          "tt",
          "u",
          "var",
          "wbr");

  private static final Set<String> UNREAD =
      Set.of("head", "script", "style", "noscript", "template", "page-number", "object", "iframe");

  /** Elements after which a line ends but no paragraph. */
  private static final Set<String> LINES = Set.of("li", "tr", "dt", "dd", "option");

  /** Classes by which a page of print is numbered inside a text. */
  private static final Set<String> PAGE_MARKS =
      Set.of("star-pagination", "page-number", "pagenum", "page-label");

  private HtmlText() {}

  /** The text of a page or of a piece of one. */
  public static String ofHtml(String html) {
    return text(Jsoup.parse(html));
  }

  /** The text of XML: its elements are known by the same names, and others end a line. */
  public static String ofXml(String xml) {
    return text(Jsoup.parse(xml, "", Parser.xmlParser()));
  }

  /** What a page calls itself; empty if it does not. */
  public static String titleOf(String html) {
    return Jsoup.parse(html).title();
  }

  private static String text(Document page) {
    Collected collected = new Collected();
    page.filter(collected);
    return collected.out.toString().strip();
  }

  private static final class Collected implements NodeFilter {
    private final StringBuilder out = new StringBuilder();
    private int preformatted;

    @Override
    public FilterResult head(Node node, int depth) {
      if (node instanceof TextNode text) {
        append(text.getWholeText());
        return FilterResult.CONTINUE;
      }
      if (!(node instanceof Element element)) {
        return node instanceof Document ? FilterResult.CONTINUE : FilterResult.SKIP_ENTIRELY;
      }
      String name = name(element);
      if (UNREAD.contains(name) || PAGE_MARKS.stream().anyMatch(element::hasClass)) {
        return FilterResult.SKIP_ENTIRELY;
      }
      if (name.equals("br")) {
        endLine();
      } else if (isBlock(element, name)) {
        startBlock(name);
      }
      preformatted += name.equals("pre") ? 1 : 0;
      return FilterResult.CONTINUE;
    }

    @Override
    public FilterResult tail(Node node, int depth) {
      if (node instanceof Element element) {
        String name = name(element);
        preformatted -= name.equals("pre") ? 1 : 0;
        if (isBlock(element, name)) {
          startBlock(name);
        } else if (name.equals("td") || name.equals("th")) {
          append(" ");
        }
      }
      return FilterResult.CONTINUE;
    }

    private void append(String text) {
      if (preformatted > 0) {
        out.append(text);
        return;
      }
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        boolean blank = c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\u00a0';
        if (!blank) {
          out.append(c);
        } else if (out.length() > 0 && !endsWithSpace()) {
          out.append(' ');
        }
      }
    }

    private void startBlock(String name) {
      if (out.length() == 0) {
        return;
      }
      endLine();
      int length = out.length();
      boolean apart = length > 1 && out.charAt(length - 2) == '\n';
      if (!LINES.contains(name) && !apart) {
        out.append('\n');
      }
    }

    private void endLine() {
      while (out.length() > 0 && out.charAt(out.length() - 1) == ' ') {
        out.setLength(out.length() - 1);
      }
      if (out.length() > 0 && out.charAt(out.length() - 1) != '\n') {
        out.append('\n');
      }
    }

    private boolean endsWithSpace() {
      char last = out.charAt(out.length() - 1);
      return last == ' ' || last == '\n';
    }

    private static boolean isBlock(Element element, String name) {
      // CourtListener sets preformatted pieces of one line apart by this class.
      boolean piece = name.equals("pre") && element.hasClass("inline");
      return !piece
          && !INLINE.contains(name)
          && !name.equals("br")
          && !name.equals("td")
          && !name.equals("th");
    }

    private static String name(Element element) {
      return element.normalName().toLowerCase(Locale.ROOT);
    }
  }
}
