package dev.cairn.transforms.caselaw;

import dev.cairn.transforms.record.BadRecordException;
import dev.cairn.transforms.record.Fields;
import dev.cairn.transforms.text.CleanText;
import dev.cairn.transforms.text.HtmlText;
import org.jspecify.annotations.Nullable;

/** A case of the {@code cold-cases} tables: CourtListener's data joined, one record a cluster. */
final class ColdCase {
  private ColdCase() {}

  static boolean is(Fields fields) {
    return fields.isList("opinions") && fields.has("id");
  }

  static CaseDocument parse(Fields fields) throws BadRecordException {
    Long id = fields.looseInteger("id");
    if (id == null) {
      throw new BadRecordException("missing_field", "id is absent (required)");
    }
    String date = fields.loose("date_filed");
    return CaseDocument.builder()
        .setId("cl:" + id)
        .setForm(CaseForm.COLD_CASES)
        .setName(CourtListener.orElse(fields.loose("case_name_full"), fields.loose("case_name")))
        .setNameAbbreviation(
            CourtListener.orElse(fields.loose("case_name"), fields.loose("case_name_short")))
        .setDecisionDate(date)
        .setDecisionYear(PartialDate.yearOf(date))
        .setCitations(Citations.published(fields))
        .setCourt(court(fields))
        .setJurisdiction(jurisdiction(fields))
        .setDocketNumber(fields.loose("docket_number"))
        .setJudges(fields.looseTexts("judges"))
        .setAttorneys(fields.looseTexts("attorneys"))
        .setHeadMatter(fields.loose("headmatter"))
        .setSummaries(CourtListener.summaries(fields))
        .setCorrections(fields.loose("correction"))
        .setStatus(fields.loose("precedential_status"))
        .setNatureOfSuit(fields.loose("nature_of_suit"))
        .setFileName(fields.loose("slug"))
        .setOpinions(fields.objects("opinions", ColdCase::opinion))
        .build();
  }

  private static Opinion opinion(Fields fields) throws BadRecordException {
    String raw = fields.loose("opinion_text");
    String text = raw == null ? OpinionText.of(fields) : raw;
    if (text == null) {
      throw new BadRecordException("missing_field", "opinions[].opinion_text is absent (required)");
    }
    boolean markup = text.startsWith("<") && text.endsWith(">");
    return Opinion.of(
        CleanText.of(markup ? HtmlText.ofHtml(text) : text),
        CourtListener.kind(fields),
        fields.loose("author_str"));
  }

  private static @Nullable Court court(Fields fields) throws BadRecordException {
    String name = CourtListener.orElse(fields.loose("court_full_name"), fields.loose("court"));
    String brief =
        CourtListener.orElse(fields.loose("court_short_name"), fields.loose("court_short"));
    return name == null && brief == null ? null : Court.of(null, name, brief);
  }

  private static @Nullable Jurisdiction jurisdiction(Fields fields) throws BadRecordException {
    String name = fields.loose("court_jurisdiction");
    return name == null ? null : Jurisdiction.of(null, name, null);
  }
}
