package dev.cairn.transforms.caselaw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.transforms.record.BadRecordException;
import dev.cairn.transforms.record.Document;
import dev.cairn.transforms.record.Piece;
import dev.cairn.transforms.record.RawRecord;
import dev.cairn.transforms.text.Part;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaselawSourceTest {
  private static final String GAVEL = "\uD83D\uDD28";

  private final CaselawSource source = new CaselawSource();

  @Test
  void makesAPartOfHeadMatterAndEachOpinion() throws Exception {
    Document doc =
        parse(
            "{'head_matter': 'Head.', 'opinions': [{'text': 'One.', 'type': 'majority',"
                + " 'author': 'A'}, {'text': 'Two.', 'type': '', 'author': null}]}");
    assertThat(doc.body().text()).isEqualTo("Head.\n\nOne.\n\nTwo.");
    assertThat(doc.body().parts())
        .extracting(Part::kind)
        .containsExactly("head_matter", "majority", "opinion");
    assertThat(doc.body().parts()).extracting(Part::author).containsExactly(null, "A", null);
  }

  @Test
  void countsCodePointsNotUnits() throws Exception {
    String head = GAVEL + GAVEL + " head";
    Document doc =
        parse(
            "{'head_matter': '"
                + head
                + "', 'opinions': [{'text': 'a"
                + GAVEL
                + "'},"
                + " {'text': 'end'}]}");
    String text = doc.body().text();
    int[] points = text.codePoints().toArray();
    List<String> cut =
        doc.body().parts().stream()
            .map(p -> new String(points, p.charStart(), p.charEnd() - p.charStart()))
            .toList();
    assertThat(cut).containsExactly(head, "a" + GAVEL, "end");
    assertThat(doc.body().parts()).extracting(part -> part.in(text)).isEqualTo(cut);
    assertThat(doc.body().parts()).extracting(Part::charStart).containsExactly(0, 9, 13);
    assertThat(doc.body().parts()).extracting(Part::charEnd).containsExactly(7, 11, 16);
  }

  @Test
  void leavesBlankPartsOut() throws Exception {
    Document doc = parse("{'head_matter': ' \\n', 'opinions': [{'text': ''}, {'text': 'x'}]}");
    assertThat(doc.body().text()).isEqualTo("x");
    assertThat(doc.body().parts()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'head_matter': '', 'opinions': []}",
        "{'head_matter': null, 'opinions': [{'text': ' \\t\\u00a0\\u200b'}]}"
      })
  void refusesACaseWithoutText(String casebody) {
    BadRecordException refusal =
        catchThrowableOfType(BadRecordException.class, () -> parse(casebody));
    assertThat(refusal.code()).isEqualTo("empty_text");
  }

  @Test
  void hasAValueForEachColumn() throws Exception {
    for (ObjectNode record : List.of(CaseFiles.whole(), CaseFiles.least("{'head_matter': 'x'}"))) {
      Document doc = document(record);
      assertThat(doc.columns()).hasSameSizeAs(source.documentColumns());
      assertThat(doc.labels()).hasSameSizeAs(source.chunkColumns());
    }
    assertThat(document(CaseFiles.whole()).labels())
        .containsExactly("Doe v. Roe", "1896-05-31", "Supreme Court");
  }

  @Test
  void namesACaseByAbbreviationThenNameThenId() throws Exception {
    ObjectNode record = CaseFiles.whole();
    assertThat(document(record).title()).isEqualTo("Doe v. Roe");
    record.put("name_abbreviation", " ");
    assertThat(document(record).title()).isEqualTo("Ann DOE v. John ROE");
    record.remove("name");
    assertThat(document(record).title()).isEqualTo("cap:12");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CasesMetadata.json",
        "us/5/VolumeMetadata.json",
        "us/VolumesMetadata.json",
        "us/ReporterMetadata.json",
        "ReportersMetadata.json",
        "JurisdictionsMetadata.json",
        "us/5/html/0137-01.html",
        "html/x.json",
        "_SUCCESS",
        "bulk/originating-court-information-2024-03-11.csv.bz2",
        "court-appeals-to-2024-03-11.csv"
      })
  void skipsMetadataAndRenderingsByName(String path) {
    assertThat(source.skips(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "us/5/cases/0137-01.json",
        "html",
        "html.json",
        "a.jsonl.gz",
        "x/MyMetadata.json",
        "opinions-2024-03-11.csv.bz2",
        "dockets-2024-03-11.csv.bz2",
        "courts-2024-03-11.csv",
        "my.csv"
      })
  void readsTheRest(String path) {
    assertThat(source.skips(path)).isFalse();
  }

  private Document parse(String casebody) throws Exception {
    return document(CaseFiles.least(casebody));
  }

  private Document document(ObjectNode record) throws Exception {
    Piece piece = source.parse(new RawRecord.Json("", record));
    return piece.part().isEmpty()
        ? Objects.requireNonNull(piece.document())
        : source.join(piece.id(), List.of(piece));
  }
}
