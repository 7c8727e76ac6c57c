package dev.cairn.transforms.caselaw;

import dev.cairn.transforms.record.BadRecordException;
import dev.cairn.transforms.record.Fields;
import java.util.ArrayList;
import java.util.List;

/** The ways to cite a case itself, in whichever form a table has them. */
final class Citations {
  private Citations() {}

  /**
   * Reads {@code citations}: a list of texts, of {@code type} and {@code cite}, or of {@code
   * volume}, {@code reporter} and {@code page}; or one text, several of them between semicolons.
   */
  static List<Citation> published(Fields fields) throws BadRecordException {
    if (!fields.has("citations")) {
      return List.of();
    }
    if (!fields.isList("citations")) {
      List<Citation> found = new ArrayList<>();
      for (String cite : String.valueOf(fields.loose("citations")).split(";", -1)) {
        if (!cite.isBlank()) {
          found.add(Citation.of(null, cite.strip()));
        }
      }
      return found;
    }
    return fields.isListOfObjects("citations")
        ? fields.objects("citations", Citations::citation)
        : fields.texts("citations").stream().map(cite -> Citation.of(null, cite)).toList();
  }

  private static Citation citation(Fields fields) throws BadRecordException {
    return fields.has("cite")
        ? Citation.of(fields.loose("type"), fields.loose("cite"))
        : reported(fields);
  }

  /** A citation in three fields. */
  static Citation reported(Fields fields) throws BadRecordException {
    String volume = fields.loose("volume");
    String reporter = fields.loose("reporter");
    String page = fields.loose("page");
    if (volume == null || reporter == null || page == null) {
      throw new BadRecordException(
          "missing_field", "a citation has no cite (or volume, reporter and page)");
    }
    return Citation.of(null, volume + " " + reporter + " " + page);
  }
}
