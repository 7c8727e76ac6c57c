package dev.cairn.transforms.hub;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Block;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * What of a card is worth reading, as Markdown. Left out are, by CommonMark's blocks and in this
 * order:
 *
 * <ol>
 *   <li>comments of HTML, by which templates explain themselves
 *   <li>tables of contents: lists of links into the card, and headings that say so
 *   <li>{@code [More Information Needed]} and {@code [Needs More Information]}, with the lines that
 *       say nothing else
 *   <li>headings below which nothing is left
 * </ol>
 *
 * <p>Code stays as it is. Blocks are apart by an empty line.
 */
final class CardText {
  private static final Pattern LINE_END = Pattern.compile("\r\n?");

  private static final Pattern CONTENTS =
      Pattern.compile("(?:table of )?contents|toc", Pattern.CASE_INSENSITIVE);

  private static final Pattern COMMENT = Pattern.compile("<!--.*?(?:-->|\\z)", Pattern.DOTALL);

  private static final Pattern PLACEHOLDER =
      Pattern.compile(
          "\\[(?:more information needed|needs more information)\\](?:\\([^)\n]*\\))?",
          Pattern.CASE_INSENSITIVE);

  /** What marks a line up and says nothing. */
  private static final String MARKS = " \t>*+-_.`";

  /** An item that is a link to a place in the card. */
  private static final Pattern CONTENTS_ITEM =
      Pattern.compile(
          "\\s*(?:(?:[-*+]|\\d{1,9}[.)])\\s+)*\\[[^\\n]{0,300}\\]\\(#[^)\\n]{0,300}\\)\\s*");

  /** Blocks alone: what is in a line does not matter here, and takes the square of its length. */
  private static final Parser PARSER =
      Parser.builder()
          .includeSourceSpans(IncludeSourceSpans.BLOCKS)
          .inlineParserFactory(
              context -> (lines, block) -> block.appendChild(new Text(lines.getContent())))
          .build();

  private CardText() {}

  /** The text of a card without its front matter. */
  static String of(String markdown) {
    String text = LINE_END.matcher(markdown).replaceAll("\n");
    List<Piece> pieces = new ArrayList<>();
    int contentsLevel = 0;
    for (Node node = PARSER.parse(text).getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof Heading heading) {
        boolean contents = CONTENTS.matcher(words(heading).strip()).matches();
        contentsLevel = contents ? heading.getLevel() : 0;
        if (!contents) {
          pieces.add(new Piece(heading.getLevel(), source(text, node)));
        }
      } else if (contentsLevel == 0 || !(node instanceof ListBlock)) {
        String kept = kept(text, node);
        if (!kept.isBlank()) {
          pieces.add(new Piece(0, kept));
        }
      }
    }
    return join(pieces);
  }

  /**
   * A block that stays.
   *
   * @param level of a heading; 0 for any other block
   */
  private record Piece(int level, String text) {}

  private static String kept(String text, Node node) {
    String source = source(text, node);
    if (node instanceof FencedCodeBlock || node instanceof IndentedCodeBlock) {
      return source;
    }
    if (node instanceof ListBlock && isContents(source)) {
      return "";
    }
    String clean = source;
    if (node instanceof HtmlBlock || source.contains("<!--")) {
      clean = COMMENT.matcher(clean).replaceAll("");
    }
    return PLACEHOLDER.matcher(clean).find() ? withoutPlaceholders(clean) : clean;
  }

  private static String withoutPlaceholders(String source) {
    List<String> lines = new ArrayList<>();
    for (String line : source.split("\n", -1)) {
      String rest = PLACEHOLDER.matcher(line).replaceAll("");
      if (rest.equals(line) || !isEmptied(rest)) {
        lines.add(rest.stripTrailing());
      }
    }
    return String.join("\n", lines);
  }

  /** True if a line only said what was to be told: nothing but marks, or a label and a colon. */
  private static boolean isEmptied(String line) {
    int end = line.length();
    while (end > 0 && MARKS.indexOf(line.charAt(end - 1)) >= 0) {
      end--;
    }
    return end == 0 || line.charAt(end - 1) == ':';
  }

  /** True if a list is nothing but links to places in the card, at least two. */
  private static boolean isContents(String list) {
    List<String> lines = list.lines().filter(line -> !line.isBlank()).toList();
    return lines.size() > 1
        && lines.stream().allMatch(line -> CONTENTS_ITEM.matcher(line).matches());
  }

  /** Headings go that no text and no deeper heading follows, from the last one up. */
  private static String join(List<Piece> pieces) {
    List<String> kept = new ArrayList<>();
    int next = 0;
    for (int i = pieces.size() - 1; i >= 0; i--) {
      Piece piece = pieces.get(i);
      if (piece.level == 0 || next > piece.level) {
        kept.add(piece.text);
        next = piece.level == 0 ? Integer.MAX_VALUE : piece.level;
      }
    }
    Collections.reverse(kept);
    return String.join("\n\n", kept).strip();
  }

  private static String words(Node node) {
    StringBuilder words = new StringBuilder();
    node.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text text) {
            words.append(text.getLiteral());
          }
        });
    return words.toString();
  }

  private static String source(String text, Node node) {
    List<SourceSpan> spans = ((Block) node).getSourceSpans();
    if (spans.isEmpty()) {
      return "";
    }
    SourceSpan last = spans.get(spans.size() - 1);
    int start = spans.get(0).getInputIndex();
    return text.substring(start, last.getInputIndex() + last.getLength());
  }
}
