package dev.cairn.transforms.caselaw;

import dev.cairn.transforms.record.BadRecordException;
import dev.cairn.transforms.record.Fields;
import dev.cairn.transforms.text.CleanText;
import dev.cairn.transforms.text.HtmlText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text of an opinion that CourtListener has in several fields: the first that is at least half
 * as long as the longest, so that neither a converter's message nor a fragment stands for the
 * whole. Lengths are those of the text that a person reads.
 */
final class OpinionText {
  /** In order of trust. */
  private static final List<String> FIELDS =
      List.of(
          "html_with_citations",
          "html_columbia",
          "html_lawbox",
          "xml_harvard",
          "html",
          "html_anon_2020",
          "plain_text");

  private OpinionText() {}

  /** True if an object has a field of them, whatever is in it. */
  static boolean isIn(Fields fields) {
    return FIELDS.stream().anyMatch(fields::has);
  }

  /** The text; null if all fields are empty. */
  static @Nullable String of(Fields fields) throws BadRecordException {
    List<String> texts = new ArrayList<>();
    for (String field : FIELDS) {
      String raw = fields.loose(field);
      if (raw != null) {
        texts.add(read(field, raw));
      }
    }
    int longest = texts.stream().mapToInt(String::length).max().orElse(0);
    return texts.stream()
        .filter(text -> !text.isEmpty() && 2L * text.length() >= longest)
        .findFirst()
        .orElse(null);
  }

  private static String read(String field, String raw) {
    if (field.startsWith("html")) {
      return CleanText.of(HtmlText.ofHtml(raw));
    }
    return CleanText.of(field.startsWith("xml") ? HtmlText.ofXml(raw) : raw);
  }
}
