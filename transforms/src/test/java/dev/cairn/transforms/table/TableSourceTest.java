package dev.cairn.transforms.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cairn.transforms.record.BadRecordException;
import dev.cairn.transforms.record.Document;
import dev.cairn.transforms.record.RawRecord;
import dev.cairn.transforms.record.RecordJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableSourceTest {
  private static final TableSource SOURCE =
      new TableSource(
          new TableColumns(
              "key",
              List.of("abstract", "body"),
              "name",
              List.of(
                  MetaColumn.parse("tags"),
                  MetaColumn.parse("year:int64"),
                  MetaColumn.parse("score:float64"),
                  MetaColumn.parse("open:bool"),
                  MetaColumn.parse("at:timestamp"))));

  private static Document read(String json) throws BadRecordException {
    return Objects.requireNonNull(
        SOURCE
            .parse(
                new RawRecord.Json(
                    "t.jsonl", RecordJson.parse(json.getBytes(StandardCharsets.UTF_8))))
            .document());
  }

  @Test
  void aRowIsADocument() throws BadRecordException {
    Document document =
        read(
            "{\"key\": 17, \"name\": \"Seventeen\", \"abstract\": \"In short.\", \"body\": \"At"
                + " length.\", \"tags\": [\"a\", 1], \"year\": \"1999\", \"score\": 2, \"open\":"
                + " true, \"at\": \"1970-01-02\", \"else\": 5}");
    assertThat(document.id()).isEqualTo("17");
    assertThat(document.title()).isEqualTo("Seventeen");
    assertThat(document.body().text()).isEqualTo("In short.\n\nAt length.");
    assertThat(document.body().parts())
        .extracting(part -> part.kind())
        .containsExactly("abstract", "body");
    assertThat(document.columns())
        .containsExactly("Seventeen", "[\"a\",1]", 1999L, 2.0, true, 86_400_000_000L);
    assertThat(document.labels()).isEqualTo(document.columns());
  }

  @Test
  void whatIsAbsentIsNull() throws BadRecordException {
    Document document = read("{\"key\": \"a\", \"body\": \"b\", \"name\": null}");
    assertThat(document.title()).isEmpty();
    assertThat(document.columns()).containsOnlyNulls().hasSize(6);
    assertThat(document.body().parts()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"body\": \"b\"}|missing_id",
        "{\"key\": \"\", \"body\": \"b\"}|missing_id",
        "{\"key\": {}, \"body\": \"b\"}|wrong_type",
        "{\"key\": 1}|no_text",
        "{\"key\": 1, \"body\": \" \"}|no_text",
        "{\"key\": 1, \"body\": 5}|wrong_type",
        "{\"key\": 1, \"body\": \"b\", \"year\": 1.5}|wrong_type",
        "{\"key\": 1, \"body\": \"b\", \"score\": \"x\"}|wrong_type",
        "{\"key\": 1, \"body\": \"b\", \"score\": 1e999}|wrong_type",
        "{\"key\": 1, \"body\": \"b\", \"at\": \"yesterday\"}|wrong_type",
      })
  void whatIsNoneIsRefused(String json, String code) {
    assertThatExceptionOfType(BadRecordException.class)
        .isThrownBy(() -> read(json))
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void aTextWithoutColumnsIsRefused() {
    assertThatExceptionOfType(BadRecordException.class)
        .isThrownBy(() -> SOURCE.parse(new RawRecord.Text("a.txt", false, "a")))
        .satisfies(e -> assertThat(e.code()).isEqualTo("not_a_table"));
  }

  @Test
  void namesOfColumnsFollowTheRules() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MetaColumn.parse("year:int"))
        .withMessageContaining("int64");
    for (String taken : List.of("text", "title", "embedding", "")) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> new TableColumns("id", List.of("t"), null, List.of(MetaColumn.parse(taken))));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TableColumns("id", List.of("t", "t"), null, List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TableColumns("", List.of("t"), null, List.of()));
    assertThat(SOURCE.settings())
        .containsEntry(
            "meta_columns", "tags:string,year:int64,score:float64,open:bool,at:timestamp")
        .containsEntry("text_columns", "abstract,body");
  }
}
