package dev.cairn.transforms.caselaw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cairn.transforms.record.BadRecordException;
import dev.cairn.transforms.record.Document;
import dev.cairn.transforms.record.Piece;
import dev.cairn.transforms.record.RawRecord;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every form in which a case is published. */
class CaseRecordsTest {
  private final CaselawSource source = new CaselawSource();

  private static CaseDocument read(String quoted) throws Exception {
    return CaseRecords.read(new RawRecord.Json("", CaseFiles.record(quoted))).alone();
  }

  private Piece piece(String quoted) throws Exception {
    return source.parse(new RawRecord.Json("", CaseFiles.record(quoted)));
  }

  @Test
  void readsARowOfTheCaselawTables() throws Exception {
    CaseDocument doc =
        read(
            """
            {'id': 7, 'name': 'Doe v. Roe', 'decision_date': '1896-05-31', 'first_page': 137,
             'citations': [{'type': 'official', 'cite': '5 U.S. 137'}],
             'volume': {'volume_number': '5'}, 'reporter': {'full_name': 'United States Reports'},
             'court': {'id': 9, 'name': 'Supreme Court'}, 'jurisdiction': {'name_long': 'U.S.'},
             'judges': ['Marshall'], 'head_matter': 'Head.', 'text': 'We hold.',
             'word_count': 2, 'char_count': 8, 'provenance': {'source': 'Harvard'}}
            """);
    assertThat(doc.getId()).isEqualTo("cap:7");
    assertThat(doc.getForm()).isEqualTo(CaseForm.CAP_TABLE);
    assertThat(doc.getFirstPage()).isEqualTo("137");
    assertThat(doc.getVolume()).isEqualTo("5");
    assertThat(doc.getReporter()).isEqualTo("United States Reports");
    assertThat(doc.getDecisionYear()).isEqualTo(1896);
    assertThat(doc.getHeadMatter()).isEqualTo("Head.");
    assertThat(doc.getOpinions()).extracting(Opinion::getText).containsExactly("We hold.");
  }

  @Test
  void readsTheSameRowWithColumnsOfOtherTypes() throws Exception {
    CaseDocument doc =
        read(
            """
            {'id': '7', 'volume': 5, 'reporter': 'U.S.', 'court': 'Supreme Court',
             'jurisdiction': 'U.S.', 'judges': 'Marshall', 'citations': '5 U.S. 137; 1 Cranch 137',
             'head_matter': 'We', 'text': 'We hold.', 'provenance': 'Harvard'}
            """);
    assertThat(doc.getId()).isEqualTo("cap:7");
    assertThat(doc.getVolume()).isEqualTo("5");
    assertThat(doc.getCitations())
        .extracting(Citation::getCite)
        .containsExactly("5 U.S. 137", "1 Cranch 137");
    assertThat(doc.getJudges()).containsExactly("Marshall");
    assertThat(doc.getHeadMatter()).as("it is in the text").isNull();
  }

  @Test
  void choosesTheFirstTextThatIsHalfAsLongAsTheLongest() throws Exception {
    String usage = "Usage: convert [OPTION]";
    String opinion = "<p>" + "We hold that it is so. ".repeat(10) + "</p>";
    CaseDocument doc =
        read(
            "{'id': 2, 'cluster_id': 1, 'plain_text': '"
                + usage
                + "', 'html': '"
                + opinion
                + "', 'html_with_citations': '<b>We</b>'}");
    assertThat(doc.getOpinions().get(0).getText()).startsWith("We hold that").hasSize(229);
  }

  @Test
  void joinsTheOpinionsOfAClusterWithTheCluster() throws Exception {
    Piece dissent =
        piece(
            "{'resource_uri': 'http://x/opinions/11/', 'cluster': 'http://x/clusters/5/',"
                + " 'type': '040dissent', 'author_str': 'Roe', 'plain_text': 'No.'}");
    Piece lead = piece("{'id': 12, 'cluster_id': '5', 'type': '020lead', 'html': '<p>Yes.</p>'}");
    Piece cluster =
        piece(
            "{'id': 5, 'case_name': 'Doe v. Roe', 'docket_id': 3, 'date_filed': '1990-01-02',"
                + " 'judges': 'Roe', 'syllabus': '<p>In short.</p>', 'slug': 'doe-v-roe',"
                + " 'precedential_status': 'Published'}");
    Piece reported =
        piece("{'id': 1, 'volume': '5', 'reporter': 'U.S.', 'page': '137', 'cluster_id': '5'}");
    List<Piece> parts = List.of(cluster, reported, dissent, lead);
    assertThat(parts).extracting(Piece::part).isSorted();
    assertThat(parts).extracting(Piece::id).containsOnly("cl:5");
    assertThat(cluster.textUnits()).isZero();
    Document document = source.join("cl:5", parts);
    assertThat(CourtListener.join(parts).getCitations())
        .containsExactly(Citation.of(null, "5 U.S. 137"));
    assertThat(document.title()).isEqualTo("Doe v. Roe");
    assertThat(document.body().text()).isEqualTo("In short.\n\nYes.\n\nNo.");
    assertThat(document.body().parts())
        .extracting(part -> part.kind() + " " + part.author())
        .containsExactly("syllabus null", "lead null", "dissent Roe");
    assertThat(document.labels()).containsExactly("Doe v. Roe", "1990-01-02", null);
    assertThat(document.columns()).hasSameSizeAs(source.documentColumns());
  }

  @Test
  void completesACaseByItsDocketAndCourt() throws Exception {
    Piece lead = piece("{'id': 12, 'cluster_id': 5, 'type': '020lead', 'plain_text': 'Yes.'}");
    Piece cluster = piece("{'id': 5, 'case_name': 'Doe v. Roe', 'docket': 'http://x/dockets/3/'}");
    Piece docket =
        piece(
            "{'id': 3, 'case_name': 'Docketed', 'docket_number': '22-1', 'court_id': 'ca9',"
                + " 'court': 'http://x/courts/ca9/', 'nature_of_suit': 'Torts'}");
    Piece court =
        piece("{'id': 'ca9', 'full_name': 'Ninth Circuit Court', 'citation_string': '9th Cir.'}");
    assertThat(cluster.refersTo()).isEqualTo(docket.id());
    assertThat(docket.refersTo()).isEqualTo(court.id());
    assertThat(List.of(cluster, court, docket, lead)).extracting(Piece::part).isSorted();
    CaseDocument doc = CourtListener.join(List.of(cluster, court, docket, lead));
    assertThat(doc.getId()).isEqualTo("cl:5");
    assertThat(doc.getName()).isEqualTo("Doe v. Roe");
    assertThat(doc.getDocketNumber()).isEqualTo("22-1");
    assertThat(doc.getNatureOfSuit()).isEqualTo("Torts");
    assertThat(doc.getCourt()).isEqualTo(Court.of(null, "Ninth Circuit Court", "ca9"));
    assertThat(CourtListener.join(List.of(cluster, docket, lead)).getCourt())
        .isEqualTo(Court.of(null, "ca9", null));
    assertThat(piece("{'id': 5, 'case_name': 'A', 'docket': '22-17'}").refersTo()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'id': 3, 'docket_number': '22-1', 'court_id': 'ca9'}",
        "{'id': 'ca9', 'full_name': 'Ninth', 'citation_string': '9th Cir.'}",
        "{'id': 1, 'volume': '5', 'reporter': 'U.S.', 'page': '137', 'cluster_id': '5'}"
      })
  void givesARecordThatOnlyDescribesByItself(String quoted) throws Exception {
    assertThat(read(quoted).getOpinions()).isEmpty();
  }

  @Test
  void readsNumbersWhateverTypeTheirColumnHas() throws Exception {
    assertThat(piece("{'id': 3.0, 'cluster_id': 101.0, 'plain_text': 'x'}").id())
        .isEqualTo("cl:101");
    assertThat(piece("{'id': 3, 'cluster_id': 2.0000003E7, 'plain_text': 'x'}").id())
        .isEqualTo("cl:20000003");
    CaseDocument doc = read("{'id': 7.0, 'first_page': 12.0, 'volume': '3.50', 'text': 'x'}");
    assertThat(doc.getFirstPage()).isEqualTo("12");
    assertThat(doc.getVolume()).isEqualTo("3.50");
  }

  @Test
  void knowsAnOpinionByItsNumberAlone() throws Exception {
    Piece combined = piece("{'id': 1, 'cluster_id': 5, 'type': '010combined', 'html': 'x'}");
    Piece lead = piece("{'id': 1, 'cluster_id': 5, 'type': '020lead', 'html': 'x'}");
    assertThat(combined.part()).isEqualTo(lead.part());
  }

  @Test
  void callsAnOpinionWithoutClusterByTheNameOfItsPage() throws Exception {
    Piece alone =
        piece(
            "{'resource_uri': '/api/opinions/147477/', 'cluster': '/api/clusters/147477/',"
                + " 'absolute_url': '/opinion/147477/braga-v-hodgson/', 'plain_text': 'Text.'}");
    assertThat(source.join(alone.id(), List.of(alone)).title()).isEqualTo("braga-v-hodgson");
  }

  @Test
  void readsAJoinedCase() throws Exception {
    CaseDocument doc =
        read(
            """
            {'id': 9, 'case_name': 'Doe v. Roe', 'date_filed': '1990-01-02',
             'court_full_name': 'Supreme Court', 'court_short_name': 'U.S.',
             'citations': ['5 U.S. 137'], 'precedential_status': 'Published', 'judges': '',
             'opinions': [{'type': '010combined', 'author_str': '', 'opinion_text': 'We hold.'}]}
            """);
    assertThat(doc.getId()).isEqualTo("cl:9");
    assertThat(doc.getForm()).isEqualTo(CaseForm.COLD_CASES);
    assertThat(doc.getJudges()).isEmpty();
    assertThat(doc.getOpinions()).containsExactly(Opinion.of("We hold.", "combined", null));
  }

  @Test
  void readsAFileOfItsOwn() throws Exception {
    Document text = file("a/b/one.txt", false, "One.\f Two.");
    assertThat(text.id()).isEqualTo("text:a/b/one");
    assertThat(text.title()).isEqualTo("one");
    assertThat(text.body().text()).isEqualTo("One.\nTwo.");
    Document page = file("two.HTML", true, "<title>Doe v. Roe</title><p>We hold.");
    assertThat(page.id()).isEqualTo("text:two");
    assertThat(page.title()).isEqualTo("Doe v. Roe");
    assertThat(page.body().text()).isEqualTo("We hold.");
    assertThat(file("three.txt.gz", false, "Three.").id()).isEqualTo("text:three");
  }

  private Document file(String path, boolean html, String content) throws Exception {
    Document document = source.parse(new RawRecord.Text(path, html, content)).document();
    assertThat(document).isNotNull();
    return document;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'id': 1} | unknown_record",
        "{'name': 'x'} | unknown_record",
        "{'cluster_id': 5, 'plain_text': 'x'} | missing_field",
        "{'id': 1, 'cluster_id': 1.5, 'plain_text': 'x'} | wrong_type",
        "{'id': 1, 'cluster_id': 'x-12', 'plain_text': 'x'} | wrong_type",
        "{'id': 1, 'cluster_id': 5, 'plain_text': ' '} | empty_text",
        "{'id': 1, 'cluster_id': 5, 'plain_text': {}} | wrong_type",
        "{'id': 'x', 'text': 'y'} | wrong_type",
        "{'id': 1.5, 'text': 'y'} | wrong_type",
        "{'id': 1, 'text': ''} | missing_field",
        "{'id': 1, 'opinions': [{}]} | missing_field",
        "{'id': 1, 'text': 'x', 'citations': [{'volume': 1}]} | missing_field",
      })
  void saysWhatIsWrongWithARecord(String quoted, String code) {
    BadRecordException refusal = catchThrowableOfType(BadRecordException.class, () -> read(quoted));
    assertThat(refusal.code()).isEqualTo(code);
  }
}
