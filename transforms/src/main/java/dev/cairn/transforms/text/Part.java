package dev.cairn.transforms.text;

import org.jspecify.annotations.Nullable;

/**
 * A part of a document's text that no chunk crosses: an opinion, a head matter.
 *
 * @param kind what it is, in the source's words
 * @param author who wrote it, if the source says
 * @param charStart where it starts in the document's text, in Unicode code points
 * @param charEnd where it ends, exclusive, in Unicode code points
 * @param from where it starts in the document's text, in UTF-16 units
 * @param to where it ends, exclusive, in UTF-16 units
 */
public record Part(
    String kind, @Nullable String author, int charStart, int charEnd, int from, int to) {

  /** The part itself. No copy is made where the part is the whole text. */
  public String in(String documentText) {
    return documentText.substring(from, to);
  }
}
