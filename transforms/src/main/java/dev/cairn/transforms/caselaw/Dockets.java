package dev.cairn.transforms.caselaw;

import dev.cairn.transforms.record.BadRecordException;
import dev.cairn.transforms.record.Fields;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * CourtListener's dockets and courts in records of their own: a cluster refers to its docket, and
 * that to its court. They say of a case what its cluster does not.
 */
final class Dockets {
  private static final Pattern COURT_ADDRESS = Pattern.compile(".*/([^/]+)/?");

  private Dockets() {}

  static boolean isDocket(Fields fields) {
    return fields.has("docket_number") && (fields.has("court_id") || fields.has("court"));
  }

  static boolean isCourt(Fields fields) {
    return fields.has("full_name") && fields.has("citation_string");
  }

  /** The id of a docket's record, to which clusters refer. */
  static String docketId(long number) {
    return "cl-docket:" + number;
  }

  static CaseDocument docket(Fields fields) throws BadRecordException {
    String court = fields.isObject("court") ? null : courtOf(fields);
    return CaseDocument.builder()
        .setId(docketId(CourtListener.number(fields, "id", "resource_uri")))
        .setForm(CaseForm.COURTLISTENER)
        .setName(CourtListener.orElse(fields.loose("case_name_full"), fields.loose("case_name")))
        .setNameAbbreviation(
            CourtListener.orElse(fields.loose("case_name"), fields.loose("case_name_short")))
        .setDocketNumber(fields.loose("docket_number"))
        .setCourt(court == null ? CourtListener.court(fields) : Court.of(null, court, null))
        .setNatureOfSuit(fields.loose("nature_of_suit"))
        .build();
  }

  /** The id of the court's record to which a docket refers; empty for none. */
  static String courtRecord(Fields docket) throws BadRecordException {
    String court = docket.isObject("court") ? null : courtOf(docket);
    return court == null ? "" : courtId(court);
  }

  static CaseDocument court(Fields fields) throws BadRecordException {
    String id = fields.loose("id");
    if (id == null) {
      throw new BadRecordException("missing_field", "id is absent (required of a court)");
    }
    String brief = CourtListener.orElse(fields.loose("short_name"), id);
    return CaseDocument.builder()
        .setId(courtId(id))
        .setForm(CaseForm.COURTLISTENER)
        .setCourt(Court.of(null, fields.loose("full_name"), brief))
        .build();
  }

  /** What a case says with what its records leave open, by the first of the others that has it. */
  static CaseDocument complete(CaseDocument about, List<CaseDocument> others) {
    return about.toBuilder()
        .setName(first(about, others, CaseDocument::getName))
        .setNameAbbreviation(first(about, others, CaseDocument::getNameAbbreviation))
        .setDocketNumber(first(about, others, CaseDocument::getDocketNumber))
        .setCourt(first(about, others, CaseDocument::getCourt))
        .setNatureOfSuit(first(about, others, CaseDocument::getNatureOfSuit))
        .build();
  }

  private static <T> @Nullable T first(
      CaseDocument about, List<CaseDocument> others, Function<CaseDocument, @Nullable T> field) {
    T value = field.apply(about);
    for (int i = 0; value == null && i < others.size(); i++) {
      value = field.apply(others.get(i));
    }
    return value;
  }

  private static String courtId(String name) {
    return "cl-court:" + name;
  }

  /** A court's short id: by itself, or at the end of the address of its record. */
  private static @Nullable String courtOf(Fields fields) throws BadRecordException {
    String id = CourtListener.orElse(fields.loose("court_id"), fields.loose("court"));
    Matcher address = COURT_ADDRESS.matcher(id == null ? "" : id);
    return address.matches() ? address.group(1) : id;
  }
}
