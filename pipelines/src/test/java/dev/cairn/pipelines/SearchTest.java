package dev.cairn.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.DataFile;
import dev.cairn.io.dataset.TargetNotFoundException;
import dev.cairn.io.format.ParquetTableReader;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.models.ModelFiles;
import dev.cairn.models.ModelRef;
import dev.cairn.models.embed.InferencePool;
import dev.cairn.models.token.TextTokenizer;
import dev.cairn.models.use.ModelAccess;
import dev.cairn.pipelines.search.Hit;
import dev.cairn.pipelines.search.SearchException;
import dev.cairn.pipelines.search.SearchMode;
import dev.cairn.pipelines.search.SearchQuery;
import dev.cairn.pipelines.search.SearchSession;
import dev.cairn.transforms.table.MetaColumn;
import dev.cairn.transforms.table.TableColumns;
import dev.cairn.transforms.table.TableSource;
import dev.cairn.transforms.text.ChunkSettings;
import dev.cairn.transforms.text.Chunker;
import dev.cairn.transforms.text.TextTokens;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Search over a real dataset of several shards, against scores that are computed here. */
@ExtendWith(ModelLease.class)
class SearchTest {
  private static final List<String> SUBJECTS =
      List.of("tenant", "river", "comet", "harvest", "railway", "lighthouse", "orchard");
  private static final List<String> VERBS = List.of("repairs", "crosses", "warms", "follows");
  private static final int DOCUMENTS = 60;

  @TempDir static Path temp;
  private static Runs runs;
  private static Cid dataset;
  private static TieredStore store;
  private static SearchSession session;

  @BeforeAll
  static void embed() throws IOException {
    Random random = new Random(4);
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < DOCUMENTS; i++) {
      StringBuilder text = new StringBuilder();
      for (int s = 0; s < 1 + random.nextInt(20); s++) {
        text.append("The ").append(SUBJECTS.get(random.nextInt(SUBJECTS.size())));
        text.append(' ').append(VERBS.get(random.nextInt(VERBS.size())));
        text.append(" the ").append(SUBJECTS.get(random.nextInt(SUBJECTS.size()))).append(". ");
      }
      rows.append("{\"id\": ").append(i).append(", \"year\": ").append(1900 + i);
      rows.append(", \"name\": \"Number ").append(i).append("\", \"text\": \"");
      rows.append(text).append("\"}\n");
    }
    Path input = Files.writeString(temp.resolve("rows.jsonl"), rows);
    TableColumns columns =
        new TableColumns("id", List.of("text"), "name", List.of(MetaColumn.parse("year:int64")));
    runs =
        Runs.of(temp.resolve("home"), input)
            .withSource(new TableSource(columns))
            .withShardRecords(16);
    dataset = Cid.parse(String.valueOf(runs.run().dataset()));
    store = runs.policy().open();
    session = SearchSession.open(store, dataset, null, false);
  }

  @AfterAll
  static void close() throws IOException {
    session.close();
    store.close();
  }

  /** A chunk's row. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Chunk(String id, int part, int number, String text, float[] vector) {
    String place() {
      return id + " " + part + " " + number;
    }
  }

  private static List<Chunk> chunks() throws IOException {
    List<Chunk> chunks = new ArrayList<>();
    for (DataFile file : Manifests.read(store, dataset).table("chunks")) {
      try (ParquetTableReader rows = ParquetTableReader.open(new UnixFs(store).open(file.cid()))) {
        for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
          chunks.add(
              new Chunk(
                  String.valueOf(row[0]),
                  (int) row[1],
                  (int) row[2],
                  String.valueOf(row[6]),
                  (float[]) row[8]));
        }
      }
    }
    return chunks;
  }

  private static double near(Chunk chunk, float[] query) {
    double sum = 0;
    for (int d = 0; d < query.length; d++) {
      sum += (double) chunk.vector()[d] * query[d];
    }
    return sum;
  }

  private static List<Hit> search(
      String text, int k, @Nullable String where, boolean perDocument, SearchMode mode)
      throws IOException {
    return session.search(new SearchQuery(text, k, where, perDocument, mode));
  }

  private static ModelFiles model() throws IOException {
    return ModelFiles.of(
        ModelRef.parse("builtin:all-MiniLM-L6-v2"), Path.of("target", "model-cache"));
  }

  private static float[] vector(String text) throws IOException {
    return QueryVector.of(store, ModelAccess.standard(), "builtin:all-MiniLM-L6-v2", text).vector();
  }

  @Test
  void nearestChunksAreThoseOfAllCompared() throws IOException {
    assertThat(Manifests.read(store, dataset).shards()).hasSizeGreaterThan(2);
    String query = "who mends the house";
    float[] vector = vector(query);
    List<Chunk> expected = chunks();
    expected.sort(Comparator.comparingDouble((Chunk chunk) -> -near(chunk, vector)));
    List<Hit> hits = search(query, 10, null, false, SearchMode.VECTOR);
    assertThat(hits).hasSize(10);
    for (int i = 0; i < hits.size(); i++) {
      Hit hit = hits.get(i);
      assertThat(hit.rank()).isEqualTo(i + 1);
      assertThat(hit.score()).isCloseTo(near(expected.get(i), vector), within(1e-5));
      Chunk found =
          expected.stream()
              .filter(c -> c.place().equals(hit.id() + " " + hit.part() + " " + hit.chunk()))
              .findFirst()
              .orElseThrow();
      assertThat(hit.text()).isEqualTo(found.text());
      assertThat(hit.title()).isEqualTo("Number " + hit.id());
    }
  }

  @Test
  void aDocumentIsAsGoodAsTheMeanOfItsBestChunks() throws IOException {
    String query = "A long question about comets and orchards. ".repeat(20);
    List<float[]> vectors = new ArrayList<>();
    try (var pool = InferencePool.acquire(model(), 64)) {
      for (String part : parts(query)) {
        vectors.addAll(pool.embed(List.of(part)));
      }
    }
    assertThat(vectors).hasSizeGreaterThan(2);
    Map<String, Double> expected = new HashMap<>();
    for (float[] vector : vectors) {
      Map<String, Double> best = new HashMap<>();
      chunks().forEach(chunk -> best.merge(chunk.id(), near(chunk, vector), Math::max));
      best.forEach((id, score) -> expected.merge(id, score / vectors.size(), Double::sum));
    }
    List<Hit> hits = search(query, DOCUMENTS, null, true, SearchMode.VECTOR);
    assertThat(hits).extracting(Hit::id).doesNotHaveDuplicates().hasSize(DOCUMENTS);
    for (Hit hit : hits) {
      assertThat(hit.score()).isCloseTo(expected.get(hit.id()), within(1e-5));
    }
    assertThat(hits).isSortedAccordingTo(Comparator.comparingDouble(hit -> -hit.score()));
  }

  private static List<String> parts(String query) throws IOException {
    List<String> parts = new ArrayList<>();
    try (var tokenizer = TextTokenizer.open(model())) {
      new Chunker("q", 0, 0, query, new TextTokens(tokenizer, query), new ChunkSettings(64, 0), 0)
          .forEachRemaining(chunk -> parts.add(chunk.getText()));
    }
    return parts;
  }

  @Test
  void wordsAreFoundInAnyForm() throws IOException {
    List<Hit> hits = search("lighthouses", 1000, null, false, SearchMode.KEYWORD);
    assertThat(hits).allSatisfy(hit -> assertThat(hit.text()).contains("lighthouse"));
    assertThat(hits)
        .hasSize((int) chunks().stream().filter(c -> c.text().contains("lighthouse")).count());
    assertThat(search("Number 17", 1, null, true, SearchMode.KEYWORD))
        .as("its title")
        .extracting(Hit::id)
        .containsExactly("17");
    assertThat(search("zebra", 10, null, false, SearchMode.KEYWORD)).isEmpty();
    assertThat(search("?!", 10, null, false, SearchMode.KEYWORD)).isEmpty();
  }

  @Test
  void aConditionHoldsOfAllThatIsFound() throws IOException {
    for (SearchMode mode : SearchMode.values()) {
      List<Hit> hits = search("the river", 1000, "year BETWEEN 1910 AND 1914 -- ok", true, mode);
      assertThat(hits)
          .as("%s", mode)
          .isNotEmpty()
          .allSatisfy(hit -> assertThat(Integer.parseInt(hit.id())).isBetween(10, 14));
    }
    assertThat(search("the river", 10, "false", false, SearchMode.HYBRID)).isEmpty();
  }

  @Test
  void aConditionReadsNothingElse() throws IOException {
    Path secret = Files.writeString(temp.resolve("secret.csv"), "id\n1\n");
    for (String where :
        List.of(
            "yaer = 1",
            "id IN (SELECT id FROM read_csv('" + secret + "'))",
            "true); COPY (SELECT 1) TO '" + temp.resolve("out") + "'; SELECT (1",
            "true); SET enable_external_access = true; SELECT (1")) {
      assertThatExceptionOfType(SearchException.class)
          .as(where)
          .isThrownBy(() -> search("river", 5, where, false, SearchMode.VECTOR))
          .withMessageContaining("--where");
    }
    assertThat(temp.resolve("out")).doesNotExist();
    assertThat(search("river", 5, null, false, SearchMode.VECTOR)).hasSize(5);
  }

  @Test
  void anotherModelIsRefused() {
    assertThatExceptionOfType(SearchException.class)
        .isThrownBy(() -> SearchSession.open(store, dataset, "builtin:all-MiniLM-L6-v2-q", false))
        .withMessageContaining("the dataset's own");
  }

  @Test
  void whatIsNoDatasetIsNotFound() {
    assertThatExceptionOfType(TargetNotFoundException.class)
        .isThrownBy(
            () ->
                SearchSession.open(store, new UnixFs(store).resolve(dataset, "data"), null, false));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SearchQuery(" ", 1, null, false, SearchMode.HYBRID));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SearchQuery("x", 0, null, false, SearchMode.HYBRID));
  }

  @Test
  void aDamagedCopyIsMadeAgain() throws IOException {
    List<Hit> before = search("harvest", 5, null, false, SearchMode.VECTOR);
    try (DirectoryStream<Path> copies =
        Files.newDirectoryStream(store.local().cacheFolder().resolve("search"), "*.parquet")) {
      for (Path copy : copies) {
        byte[] bytes = Files.readAllBytes(copy);
        bytes[bytes.length / 2] ^= 1;
        Files.delete(copy);
        Files.write(copy, bytes);
      }
    }
    try (SearchSession again = SearchSession.open(store, dataset, null, false)) {
      assertThat(again.search(new SearchQuery("harvest", 5, null, false, SearchMode.VECTOR)))
          .isEqualTo(before);
    }
  }
}
