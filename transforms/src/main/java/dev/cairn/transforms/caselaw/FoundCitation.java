package dev.cairn.transforms.caselaw;

import org.jspecify.annotations.Nullable;

/**
 * A case citation in a text.
 *
 * @param volume digits without leading zeros
 * @param reporter the edition's own name
 * @param page digits without leading zeros
 * @param year in the parentheses that belong to it, or null
 * @param start where it starts in the text, in UTF-16 units
 * @param end where it ends, exclusive, in UTF-16 units
 */
record FoundCitation(
    String volume, String reporter, String page, @Nullable Integer year, int start, int end) {
  /** The normal form: what two spellings of one citation have in common. */
  String cite() {
    return volume + " " + reporter + " " + page;
  }
}
