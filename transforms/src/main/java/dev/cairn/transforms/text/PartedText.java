package dev.cairn.transforms.text;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document's text with the parts it is made of, joined by an empty line. A part that holds
 * nothing to read (white space, control and format characters) is left out.
 *
 * @param text the whole
 * @param parts in order, none of them blank
 */
public record PartedText(String text, List<Part> parts) {
  private static final String JOINT = "\n\n";

  /** Starts a text without parts. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects parts; the text is joined once, at its exact size. */
  public static final class Builder {
    private record Piece(String kind, @Nullable String author, String text) {}

    private final List<Piece> pieces = new ArrayList<>();

    private Builder() {}

    /** Adds a part unless it is blank. */
    public Builder add(String kind, @Nullable String author, String text) {
      if (!isBlank(text)) {
        pieces.add(new Piece(kind, author, text));
      }
      return this;
    }

    public PartedText build() {
      List<Part> parts = new ArrayList<>(pieces.size());
      int chars = 0;
      int units = 0;
      for (Piece piece : pieces) {
        int length = piece.text.length();
        int points = piece.text.codePointCount(0, length);
        parts.add(new Part(piece.kind, piece.author, chars, chars + points, units, units + length));
        chars += points + JOINT.length();
        units += length + JOINT.length();
      }
      return new PartedText(join(Math.max(0, units - JOINT.length())), List.copyOf(parts));
    }

    private String join(int length) {
      if (pieces.size() == 1) {
        return pieces.get(0).text;
      }
      StringBuilder joined = new StringBuilder(length);
      for (Piece piece : pieces) {
        if (joined.length() > 0) {
          joined.append(JOINT);
        }
        joined.append(piece.text);
      }
      return joined.toString();
    }
  }

  private static boolean isBlank(String text) {
    return text.codePoints().noneMatch(PartedText::isReadable);
  }

  private static boolean isReadable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }
}
