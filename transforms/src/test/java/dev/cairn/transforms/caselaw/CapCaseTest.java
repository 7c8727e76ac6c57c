package dev.cairn.transforms.caselaw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.transforms.record.BadRecordException;
import org.apache.beam.sdk.schemas.NoSuchSchemaException;
import org.apache.beam.sdk.schemas.SchemaCoder;
import org.apache.beam.sdk.schemas.SchemaRegistry;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapCaseTest {

  @Test
  void readsEveryField() throws Exception {
    CaseDocument doc = CapCase.parse(CaseFiles.whole());
    assertThat(doc.getId()).isEqualTo("cap:12");
    assertThat(doc.getName()).isEqualTo("Ann DOE v. John ROE");
    assertThat(doc.getNameAbbreviation()).isEqualTo("Doe v. Roe");
    assertThat(doc.getDecisionDate()).isEqualTo("1896-05-31");
    assertThat(doc.getDecisionYear()).isEqualTo(1896);
    assertThat(doc.getDocketNumber()).isEqualTo("No. 7");
    assertThat(doc.getFirstPage()).isEqualTo("137");
    assertThat(doc.getLastPage()).isEqualTo("180");
    assertThat(doc.getCitations())
        .containsExactly(
            Citation.of("official", "5 U.S. 137"), Citation.of("nominative", "1 Cranch 137"));
    assertThat(doc.getCourt()).isEqualTo(Court.of(9009L, "Supreme Court", "U.S."));
    assertThat(doc.getJurisdiction()).isEqualTo(Jurisdiction.of(39L, "U.S.", "United States"));
    assertThat(doc.getCitesTo())
        .containsExactly(CitedCase.of("2 U.S. 1", "reporters:federal", "U.S.", 1792));
    assertThat(doc.getJudges()).containsExactly("Marshall");
    assertThat(doc.getParties()).containsExactly("Doe", "Roe");
    assertThat(doc.getAttorneys()).containsExactly("A. B.");
    assertThat(doc.getCorrections()).isEqualTo("page 2");
    assertThat(doc.getHeadMatter()).isEqualTo("Head.");
    assertThat(doc.getOpinions()).containsExactly(Opinion.of("We hold.", "majority", "MARSHALL"));
    assertThat(doc.getOcrConfidence()).isEqualTo(0.75);
    assertThat(doc.getLastUpdated()).isEqualTo("2024-02-27");
    assertThat(doc.getProvenance()).isEqualTo(Provenance.of("2019-08-29", "Harvard", "2018"));
    assertThat(doc.getFileName()).isEqualTo("0137-01");
  }

  @Test
  void takesAnIdAndABodyForACase() throws Exception {
    CaseDocument doc = CapCase.parse(CaseFiles.least("{}"));
    assertThat(doc.getName()).isNull();
    assertThat(doc.getCourt()).isNull();
    assertThat(doc.getOcrConfidence()).isNull();
    assertThat(doc.getOpinions()).isEmpty();
    assertThat(doc.getJudges()).isEmpty();
  }

  @Test
  void leavesAnUnsignedOpinionUnsigned() throws Exception {
    CaseDocument doc =
        CapCase.parse(CaseFiles.least("{'opinions': [{'text': 'x', 'author': null}]}"));
    assertThat(doc.getOpinions()).containsExactly(Opinion.of("x", null, null));
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "1803, 1803",
        "1896-05, 1896",
        "1896-05-31, 1896",
        "2000-02-29, 2000",
        "1896-02-31, null",
        "1896-13, null",
        "1896-5, null",
        "May 1896, null",
        "'', null"
      },
      nullValues = "null")
  void keepsADateAndItsYear(String date, Integer year) throws Exception {
    ObjectNode record = CaseFiles.whole().put("decision_date", date);
    CaseDocument doc = CapCase.parse(record);
    assertThat(doc.getDecisionDate()).isEqualTo(date);
    assertThat(doc.getDecisionYear()).isEqualTo(year);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'casebody': {}} | missing_field | id is absent (required)",
        "{'id': null, 'casebody': {}} | missing_field | id is absent (required)",
        "{'id': '7', 'casebody': {}} | wrong_type | id is string (an integer of 64 bits)",
        "{'id': 1.5, 'casebody': {}} | wrong_type | id is number (an integer of 64 bits)",
        "{'id': 1} | missing_field | casebody is absent (required)",
        "{'id': 1, 'casebody': []} | wrong_type | casebody is array (an object)",
        "{'id': 1, 'name': 5, 'casebody': {}} | wrong_type | name is number (a string)",
        "{'id': 1, 'court': {'id': 'x'}, 'casebody': {}} | wrong_type"
            + " | court.id is string (an integer of 64 bits)",
        "{'id': 1, 'cites_to': [{}, {'year': 4294967296}], 'casebody': {}} | wrong_type"
            + " | cites_to[1].year is number (an integer of 32 bits)",
        "{'id': 1, 'citations': {}, 'casebody': {}} | wrong_type | citations is object (a list)",
        "{'id': 1, 'casebody': {'judges': [true]}} | wrong_type"
            + " | casebody.judges[] is boolean (a string)",
        "{'id': 1, 'casebody': {'opinions': [{'text': 'x'}, 'y']}} | wrong_type"
            + " | casebody.opinions[1] is string (an object)",
        "{'id': 1, 'casebody': {'opinions': [{'text': 'x'}, {}]}} | missing_field"
            + " | casebody.opinions[1].text is absent (required)",
        "{'id': 1, 'analysis': {'ocr_confidence': 'high'}, 'casebody': {}} | wrong_type"
            + " | analysis.ocr_confidence is string (a number)"
      })
  void refusesARecordWithTheFieldsPath(String quoted, String code, String reason) throws Exception {
    ObjectNode record = CaseFiles.record(quoted);
    BadRecordException refusal =
        catchThrowableOfType(BadRecordException.class, () -> CapCase.parse(record));
    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal.reason()).isEqualTo(reason);
  }

  @Test
  void travelsThroughItsSchemaCoder() throws Exception {
    SchemaCoder<CaseDocument> coder = coder();
    assertThat(coder.getSchema().getFieldNames()).hasSize(29);
    for (ObjectNode record : new ObjectNode[] {CaseFiles.whole(), CaseFiles.least("{}")}) {
      CaseDocument doc = CapCase.parse(record);
      assertThat(CoderUtils.clone(coder, doc)).isEqualTo(doc);
    }
  }

  private static SchemaCoder<CaseDocument> coder() throws NoSuchSchemaException {
    return SchemaRegistry.createDefault().getSchemaCoder(CaseDocument.class);
  }
}
