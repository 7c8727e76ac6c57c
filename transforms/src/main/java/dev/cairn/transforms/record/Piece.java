package dev.cairn.transforms.record;

import org.jspecify.annotations.Nullable;

/**
 * What one record gives: a document, or a part of one that all records of its id make together.
 * Held by one thread, never carried by a PCollection.
 *
 * @param id of the document
 * @param part empty for a whole document; else what it is of one: its name, which is also its place
 *     in the order of parts
 * @param refersTo id of the record that completes what this part says; empty if there is none
 * @param textUnits how much text it has, in UTF-16 units; 0 for what only describes
 * @param document the whole, or null for a part
 * @param content of a part, in its source's own type; null for a whole
 */
public record Piece(
    String id,
    String part,
    String refersTo,
    long textUnits,
    @Nullable Document document,
    @Nullable Object content) {
  /** A record that is a document by itself. */
  public static Piece whole(Document document) {
    return new Piece(document.id(), "", "", document.body().text().length(), document, null);
  }

  /** A record that others complete. */
  public static Piece part(String id, String part, long textUnits, Object content) {
    if (part.isEmpty()) {
      throw new IllegalArgumentException("Cannot make part: of " + id + " (with a name)");
    }
    return new Piece(id, part, "", textUnits, null, content);
  }

  /** The same part, completed by the record of that id; empty for by none. */
  public Piece referringTo(String other) {
    return new Piece(id, part, other, textUnits, document, content);
  }
}
