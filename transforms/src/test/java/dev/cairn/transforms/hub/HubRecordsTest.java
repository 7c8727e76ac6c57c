package dev.cairn.transforms.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.transforms.record.BadRecordException;
import dev.cairn.transforms.record.Document;
import dev.cairn.transforms.record.Piece;
import dev.cairn.transforms.record.RawRecord;
import dev.cairn.transforms.record.RecordJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every form in which a repository is told of. */
class HubRecordsTest {
  private final HubSource source = new HubSource();

  private static RawRecord json(String path, String quoted) throws Exception {
    byte[] bytes = quoted.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return new RawRecord.Json(path, RecordJson.parse(bytes));
  }

  private static HubRecord read(String path, String quoted) throws Exception {
    return HubRecords.read(json(path, quoted)).record();
  }

  private Document document(RawRecord... records) throws Exception {
    List<Piece> pieces = new ArrayList<>();
    for (RawRecord record : records) {
      pieces.add(source.parse(record));
    }
    return source.join(pieces.get(0).id(), pieces);
  }

  @Test
  void readsARecordOfTheApi() throws Exception {
    HubRecord record =
        read(
            "page.json",
            """
            {'_id': '6', 'id': 'stones/cairn-small', 'author': 'stones', 'sha': '0f3a',
             'pipeline_tag': 'fill-mask', 'library_name': 'transformers', 'gated': 'auto',
             'private': false, 'downloads': 7, 'likes': 2, 'trendingScore': 1.5,
             'tags': ['pytorch', 'license:mit', 'dataset:stones/heights', 'base_model:a/b'],
             'createdAt': '2022-03-02T23:29:04.000Z', 'lastModified': '2024-02-19T11:06:12.123Z',
             'cardData': {'language': ['en', 'no'], 'widget': [{'text': 'A [MASK]'}]},
             'config': {'b': 1, 'a': 2}}
            """);
    assertThat(record.id()).isEqualTo("hf-model:stones/cairn-small");
    assertThat(record.getTask()).isEqualTo("fill-mask");
    assertThat(record.getLibrary()).isEqualTo("transformers");
    assertThat(record.getLicense()).isEqualTo("mit");
    assertThat(record.getLanguages()).containsExactly("en", "no");
    assertThat(record.getDatasets()).containsExactly("stones/heights");
    assertThat(record.getBaseModels()).containsExactly("a/b");
    assertThat(record.getGated()).isEqualTo("auto");
    assertThat(record.getPrivate()).isFalse();
    assertThat(record.getDisabled()).isNull();
    assertThat(record.getCreatedAt()).isEqualTo(1_646_263_744_000_000L);
    assertThat(record.getLastModified()).isEqualTo(1_708_340_772_123_000L);
    assertThat(record.getDetails()).isEqualTo("{\"config\":{\"a\":2,\"b\":1}}");
    assertThat(record.getMetadata())
        .isEqualTo("{\"language\":[\"en\",\"no\"],\"widget\":[{\"text\":\"A [MASK]\"}]}");
  }

  @Test
  void readsRowsOfTablesOfSuchRecords() throws Exception {
    HubRecord row =
        read(
            "info.parquet",
            """
            {'modelId': 'bert-base', 'author': 'google', 'creation_time': '2018-11-14T23:35:08Z',
             'downloads': 31924518.0, 'has_modelcard': true, 'task_category': 'fill-mask',
             'task_domain': 'nlp'}
            """);
    assertThat(row.id()).isEqualTo("hf-model:bert-base");
    assertThat(row.getTask()).isEqualTo("fill-mask");
    assertThat(row.getDomain()).isEqualTo("nlp");
    assertThat(row.getDetails()).isEqualTo("{\"has_modelcard\":true}");
    HubRecord stats =
        read(
            "datasets.parquet",
            """
            {'id': 'stones/heights', 'likes': 3, 'lastModified': '2024-02-19T11:06:12',
             'tags': ['task_categories:other', 'language:en'], 'description': 'Heights.',
             'cardData': '{\\'license\\': \\'other\\', \\'license_name\\': \\'stone-1\\'}'}
            """);
    assertThat(stats.id()).isEqualTo("hf-dataset:stones/heights");
    assertThat(stats.getTask()).isEqualTo("other");
    assertThat(stats.getLicense()).isEqualTo("stone-1");
    assertThat(stats.getLastModified()).isEqualTo(1_708_340_772_000_000L);
  }

  @Test
  void readsCards() throws Exception {
    String card = "---\\npretty_name: Heights\\ntask_categories: [other]\\n---\\nOf stones.";
    HubRecord listed = read("cards.jsonl", "{'id': 'stones/heights', 'card': '" + card + "'}");
    assertThat(listed.id()).isEqualTo("hf-dataset:stones/heights");
    assertThat(listed.getAuthor()).isEqualTo("stones");
    assertThat(listed.getTask()).isEqualTo("other");
    RawRecord file =
        new RawRecord.Text("cards/stones/cairn/README.md", false, "---\nlicense: mit\n---\nPiles.");
    Document document = document(file);
    assertThat(document.id()).isEqualTo("hf-model:stones/cairn");
    assertThat(document.title()).isEqualTo("stones/cairn");
    assertThat(document.body().text()).isEqualTo("Piles.");
  }

  @Test
  void readsDescriptionsByOthers() throws Exception {
    Document document =
        document(
            json(
                "api.jsonl",
                """
                {'domain': 'Stones', 'framework': 'Transformers', 'functionality': 'Counting',
                 'api_name': 'stones/cairn', 'description': 'Counts.', 'performance': {'a': 1}}
                """));
    assertThat(document.body().text()).isEqualTo("Counts.");
    assertThat(document.labels())
        .containsExactly("stones/cairn", null, "model", "Counting", "Transformers");
  }

  @Test
  void joinsAllThatIsToldOfOneRepository() throws Exception {
    RawRecord info =
        json("a.jsonl", "{'modelId': 'stones/cairn', 'author': 'stones', 'pipeline_tag': 'x'}");
    RawRecord card =
        json("b.jsonl", "{'id': 'stones/cairn', 'card': '---\\npipeline_tag: y\\n---\\nPiles.'}");
    RawRecord note =
        json("c.jsonl", "{'api_name': 'stones/cairn', 'description': 'Counts.', 'domain': 'd'}");
    Document document = document(card, info, note);
    assertThat(document.body().text()).isEqualTo("Piles.");
    assertThat(document.labels()[3]).as("the API's own task").isEqualTo("x");
    assertThat(document.columns()[5]).as("the domain").isEqualTo("d");
  }

  @Test
  void tellsOfARepositoryWithoutACardInTheWordsOfItsMetadata() throws Exception {
    Document document =
        document(
            json(
                "a.jsonl",
                """
                {'modelId': 'stones/cairn', 'pipeline_tag': 'fill-mask', 'downloads': 9,
                 'tags': ['fill-mask', 'pytorch', 'license:mit', 'language:en']}
                """));
    assertThat(document.body().text())
        .isEqualTo(
            """
            Model: stones/cairn
            Task: fill-mask
            Language: en
            License: mit
            Tags: pytorch\
            """);
    assertThat(document.body().parts().get(0).kind()).isEqualTo("metadata");
  }

  @Test
  void readsBackTheRowsOfAScan() throws Exception {
    HubRecord record =
        read(
            "a.jsonl",
            """
            {'modelId': 'stones/cairn', 'tags': ['a'],
             'createdAt': '2022-03-02T23:29:04.000Z',
             'private': true, 'card': '# Piles', 'x': 1}
            """);
    ObjectNode row = RecordJson.parse("{}".getBytes(StandardCharsets.UTF_8));
    row.put("id", record.id()).put("kind", "model").put("name", record.getName());
    row.putArray("tags").add("a");
    row.put("created_at", "2022-03-02T23:29:04Z").put("private", true).put("card", "# Piles");
    row.put("details", record.getDetails());
    assertThat(HubRecords.read(new RawRecord.Json("data/models/x.parquet", row)).record())
        .isEqualTo(record);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'x': 1} | unknown_record",
        "{'id': 'a/b/c', 'likes': 1} | invalid_name",
        "{'id': 'a b', 'likes': 1} | invalid_name",
        "{'id': '..', 'likes': 1} | invalid_name",
        "{'id': '../..', 'likes': 1} | invalid_name",
        "{'id': 'a/.', 'likes': 1} | invalid_name",
        "{'id': 'a/b', 'likes': 1, 'createdAt': 'yesterday'} | wrong_type",
        "{'id': 'a/b', 'likes': 1, 'tags': [1]} | wrong_type",
        "{'id': 'a/b', 'card': 1} | wrong_type",
        "{'api_name': 1} | wrong_type",
      })
  void refusesWhatIsNoRecord(String quoted, String code) {
    assertThat(catchThrowableOfType(BadRecordException.class, () -> read("a.jsonl", quoted)))
        .extracting(BadRecordException::code)
        .isEqualTo(code);
  }

  @Test
  void skipsWhatHoldsNoRecords() {
    assertThat(List.of("README.md", "manifest.json", "hub/manifest.json", "errors/tail.parquet"))
        .allMatch(source::skips);
    assertThat(List.of("data/popularity/tail.parquet", "hub/data/popularity/tail.parquet"))
        .allMatch(source::skips);
    assertThat(List.of("org/name/README.md", "data/models/tail.parquet", "models.jsonl"))
        .noneMatch(source::skips);
  }
}
