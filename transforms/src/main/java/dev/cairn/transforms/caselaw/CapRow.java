package dev.cairn.transforms.caselaw;

import dev.cairn.transforms.record.BadRecordException;
import dev.cairn.transforms.record.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of the Caselaw Access Project's tables, one a case with its whole text. Columns differ in
 * type between dumps: a number or a text of one, a struct or the name in it, a list or its one
 * value are all read.
 */
final class CapRow {
  private CapRow() {}

  static boolean is(Fields fields) {
    return fields.has("id") && fields.has("text");
  }

  static CaseDocument parse(Fields fields) throws BadRecordException {
    Long id = fields.looseInteger("id");
    String text = fields.loose("text");
    if (id == null || text == null) {
      throw new BadRecordException("missing_field", "id or text is empty (both required)");
    }
    String date = fields.loose("decision_date");
    String head = fields.loose("head_matter");
    boolean headIsInText = head != null && text.startsWith(head);
    return CaseDocument.builder()
        .setId("cap:" + id)
        .setForm(CaseForm.CAP_TABLE)
        .setName(fields.loose("name"))
        .setNameAbbreviation(fields.loose("name_abbreviation"))
        .setDecisionDate(date)
        .setDecisionYear(PartialDate.yearOf(date))
        .setDocketNumber(fields.loose("docket_number"))
        .setFirstPage(fields.loose("first_page"))
        .setLastPage(fields.loose("last_page"))
        .setCitations(Citations.published(fields))
        .setVolume(named(fields, "volume", "volume_number"))
        .setReporter(named(fields, "reporter", "short_name", "full_name"))
        .setCourt(court(fields))
        .setJurisdiction(jurisdiction(fields))
        .setJudges(fields.looseTexts("judges"))
        .setParties(fields.looseTexts("parties"))
        .setLastUpdated(fields.loose("last_updated"))
        .setProvenance(provenance(fields))
        .setHeadMatter(headIsInText ? null : head)
        .setOpinions(List.of(Opinion.of(text, "opinion", null)))
        .build();
  }

  /** The value of a column, or of the first of these fields that it has where it is a struct. */
  private static @Nullable String named(Fields fields, String column, String... names)
      throws BadRecordException {
    if (!fields.isObject(column)) {
      return fields.loose(column);
    }
    Fields struct = fields.requiredObject(column);
    for (String name : names) {
      String value = struct.loose(name);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  private static @Nullable Court court(Fields fields) throws BadRecordException {
    if (!fields.isObject("court")) {
      String name = fields.loose("court");
      return name == null ? null : Court.of(null, name, null);
    }
    Fields court = fields.requiredObject("court");
    return Court.of(
        court.looseInteger("id"), court.loose("name"), court.loose("name_abbreviation"));
  }

  private static @Nullable Jurisdiction jurisdiction(Fields fields) throws BadRecordException {
    if (!fields.isObject("jurisdiction")) {
      String name = fields.loose("jurisdiction");
      return name == null ? null : Jurisdiction.of(null, name, null);
    }
    Fields area = fields.requiredObject("jurisdiction");
    return Jurisdiction.of(area.looseInteger("id"), area.loose("name"), area.loose("name_long"));
  }

  private static @Nullable Provenance provenance(Fields fields) throws BadRecordException {
    if (!fields.isObject("provenance")) {
      String source = fields.loose("provenance");
      return source == null ? null : Provenance.of(null, source, null);
    }
    Fields from = fields.requiredObject("provenance");
    return Provenance.of(from.loose("date_added"), from.loose("source"), from.loose("batch"));
  }
}
