package dev.cairn.transforms.caselaw;

import dev.cairn.io.table.Column;
import dev.cairn.io.table.ColumnType;
import dev.cairn.transforms.record.BadRecordException;
import dev.cairn.transforms.record.Document;
import dev.cairn.transforms.text.PartedText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A case as rows: the columns of case law in the documents and chunks tables. */
final class CaseColumns {
  private static final ColumnType TEXT = ColumnType.string();
  private static final ColumnType TEXTS = ColumnType.list(ColumnType.string());

  static final List<Column> DOCUMENT =
      List.of(
          required("form", TEXT),
          optional("name", TEXT),
          optional("name_abbreviation", TEXT),
          optional("decision_date", TEXT),
          optional("decision_year", ColumnType.int32()),
          optional("docket_number", TEXT),
          optional("first_page", TEXT),
          optional("last_page", TEXT),
          required("citations", structs(optional("type", TEXT), optional("cite", TEXT))),
          optional("court", TEXT),
          optional("court_abbreviation", TEXT),
          optional("court_id", ColumnType.int64()),
          optional("jurisdiction", TEXT),
          optional("jurisdiction_long", TEXT),
          optional("jurisdiction_id", ColumnType.int64()),
          required("judges", TEXTS),
          required("parties", TEXTS),
          required("attorneys", TEXTS),
          optional("corrections", TEXT),
          required(
              "cites_to",
              structs(
                  optional("cite", TEXT),
                  optional("category", TEXT),
                  optional("reporter", TEXT),
                  optional("year", ColumnType.int32()))),
          optional("ocr_confidence", ColumnType.float64()),
          optional("last_updated", TEXT),
          optional(
              "provenance",
              ColumnType.struct(
                  List.of(
                      optional("date_added", TEXT),
                      optional("source", TEXT),
                      optional("batch", TEXT)))),
          optional("file_name", TEXT),
          optional("volume", TEXT),
          optional("reporter", TEXT),
          optional("status", TEXT),
          optional("nature_of_suit", TEXT),
          optional("url", TEXT));

  static final List<Column> CHUNK =
      List.of(optional("title", TEXT), optional("date", TEXT), optional("court", TEXT));

  private CaseColumns() {}

  static Document document(CaseDocument doc) throws BadRecordException {
    PartedText body = body(doc);
    if (body.parts().isEmpty()) {
      throw new BadRecordException("empty_text", "no opinion or head matter has text (one part)");
    }
    String title = firstOf(doc.getNameAbbreviation(), doc.getName(), nameless(doc));
    Court court = doc.getCourt();
    Object[] labels = {title, doc.getDecisionDate(), court == null ? null : court.getName()};
    return new Document(doc.getId(), title, body, columns(doc), labels);
  }

  /**
   * What a case without a name is called: by the name of its page or file, if that tells anything.
   */
  private static String nameless(CaseDocument doc) {
    String file = doc.getForm() == CaseForm.CAP_JSON ? null : doc.getFileName();
    return file == null ? doc.getId() : file;
  }

  private static PartedText body(CaseDocument doc) {
    PartedText.Builder body = PartedText.builder();
    if (doc.getHeadMatter() != null) {
      body.add("head_matter", null, doc.getHeadMatter());
    }
    for (Opinion text : doc.getSummaries()) {
      body.add(firstOf(text.getType(), "summary"), text.getAuthor(), text.getText());
    }
    for (Opinion opinion : doc.getOpinions()) {
      body.add(firstOf(opinion.getType(), "opinion"), opinion.getAuthor(), opinion.getText());
    }
    return body.build();
  }

  private static @Nullable Object[] columns(CaseDocument doc) {
    Court court = doc.getCourt();
    Jurisdiction area = doc.getJurisdiction();
    Provenance from = doc.getProvenance();
    List<Object[]> citations = new ArrayList<>();
    doc.getCitations().forEach(c -> citations.add(row(c.getType(), c.getCite())));
    List<Object[]> citesTo = new ArrayList<>();
    doc.getCitesTo()
        .forEach(c -> citesTo.add(row(c.getCite(), c.getCategory(), c.getReporter(), c.getYear())));
    return row(
        doc.getForm().toString(),
        doc.getName(),
        doc.getNameAbbreviation(),
        doc.getDecisionDate(),
        doc.getDecisionYear(),
        doc.getDocketNumber(),
        doc.getFirstPage(),
        doc.getLastPage(),
        citations,
        court == null ? null : court.getName(),
        court == null ? null : court.getNameAbbreviation(),
        court == null ? null : court.getId(),
        area == null ? null : area.getName(),
        area == null ? null : area.getNameLong(),
        area == null ? null : area.getId(),
        doc.getJudges(),
        doc.getParties(),
        doc.getAttorneys(),
        doc.getCorrections(),
        citesTo,
        doc.getOcrConfidence(),
        doc.getLastUpdated(),
        from == null ? null : row(from.getDateAdded(), from.getSource(), from.getBatch()),
        doc.getFileName(),
        doc.getVolume(),
        doc.getReporter(),
        doc.getStatus(),
        doc.getNatureOfSuit(),
        doc.getUrl());
  }

  private static @Nullable Object[] row(@Nullable Object... values) {
    return values;
  }

  private static String firstOf(@Nullable String... candidates) {
    for (String candidate : candidates) {
      if (candidate != null && !candidate.isBlank()) {
        return candidate;
      }
    }
    throw new IllegalArgumentException("no candidate is a name (the last one always is)");
  }

  private static ColumnType structs(Column... columns) {
    return ColumnType.list(ColumnType.struct(List.of(columns)));
  }

  private static Column optional(String name, ColumnType type) {
    return Column.of(name, type, false);
  }

  private static Column required(String name, ColumnType type) {
    return Column.of(name, type, true);
  }
}
