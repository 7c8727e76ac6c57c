package dev.cairn.transforms.caselaw;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.transforms.record.BadRecordException;
import dev.cairn.transforms.record.Fields;
import org.jspecify.annotations.Nullable;

/** CAP's static JSON to a case. Only the id and the opinions must be there. */
final class CapCase {
  private CapCase() {}

  static CaseDocument parse(ObjectNode record) throws BadRecordException {
    Fields fields = Fields.of(record);
    Fields body = fields.requiredObject("casebody");
    String date = fields.text("decision_date");
    return CaseDocument.builder()
        .setId("cap:" + fields.requiredInteger("id"))
        .setForm(CaseForm.CAP_JSON)
        .setName(fields.text("name"))
        .setNameAbbreviation(fields.text("name_abbreviation"))
        .setDecisionDate(date)
        .setDecisionYear(PartialDate.yearOf(date))
        .setDocketNumber(fields.text("docket_number"))
        .setFirstPage(fields.text("first_page"))
        .setLastPage(fields.text("last_page"))
        .setCitations(fields.objects("citations", CapCase::citation))
        .setCourt(court(fields.object("court")))
        .setJurisdiction(jurisdiction(fields.object("jurisdiction")))
        .setCitesTo(fields.objects("cites_to", CapCase::citedCase))
        .setJudges(body.texts("judges"))
        .setParties(body.texts("parties"))
        .setAttorneys(body.texts("attorneys"))
        .setCorrections(body.text("corrections"))
        .setHeadMatter(body.text("head_matter"))
        .setOpinions(body.objects("opinions", CapCase::opinion))
        .setOcrConfidence(ocrConfidence(fields.object("analysis")))
        .setLastUpdated(fields.text("last_updated"))
        .setProvenance(provenance(fields.object("provenance")))
        .setFileName(fields.text("file_name"))
        .build();
  }

  private static Citation citation(Fields f) throws BadRecordException {
    return Citation.of(f.text("type"), f.text("cite"));
  }

  private static CitedCase citedCase(Fields f) throws BadRecordException {
    return CitedCase.of(
        f.text("cite"), f.text("category"), f.text("reporter"), f.smallInteger("year"));
  }

  private static Opinion opinion(Fields f) throws BadRecordException {
    return Opinion.of(f.requiredText("text"), f.text("type"), f.text("author"));
  }

  private static @Nullable Court court(@Nullable Fields f) throws BadRecordException {
    return f == null
        ? null
        : Court.of(f.integer("id"), f.text("name"), f.text("name_abbreviation"));
  }

  private static @Nullable Jurisdiction jurisdiction(@Nullable Fields f) throws BadRecordException {
    return f == null ? null : Jurisdiction.of(f.integer("id"), f.text("name"), f.text("name_long"));
  }

  private static @Nullable Provenance provenance(@Nullable Fields f) throws BadRecordException {
    return f == null
        ? null
        : Provenance.of(f.text("date_added"), f.text("source"), f.text("batch"));
  }

  private static @Nullable Double ocrConfidence(@Nullable Fields f) throws BadRecordException {
    return f == null ? null : f.number("ocr_confidence");
  }
}
