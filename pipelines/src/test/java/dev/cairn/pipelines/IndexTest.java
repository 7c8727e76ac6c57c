package dev.cairn.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.cairn.io.block.IntegrityException;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.TargetNotFoundException;
import dev.cairn.io.store.Actions;
import dev.cairn.io.store.Pin;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.io.unixfs.FolderGet;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.pipelines.history.ForgetRun;
import dev.cairn.pipelines.search.Hit;
import dev.cairn.pipelines.search.SearchMode;
import dev.cairn.pipelines.search.SearchQuery;
import dev.cairn.pipelines.search.SearchSession;
import dev.cairn.transforms.table.MetaColumn;
import dev.cairn.transforms.table.TableColumns;
import dev.cairn.transforms.table.TableSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.lucene.index.CheckIndex;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Indexes of real datasets, searched beside exact searches over the same. */
@ExtendWith(ModelLease.class)
class IndexTest {
  private static final List<String> SUBJECTS =
      List.of("tenant", "river", "comet", "harvest", "railway", "lighthouse", "orchard");
  private static final List<String> VERBS = List.of("repairs", "crosses", "warms", "follows");

  @TempDir Path temp;
  private Path input = Path.of("");
  private TieredStore store;

  @BeforeEach
  void input() throws IOException {
    input = temp.resolve("rows.jsonl");
    write(90);
    store = runs("home").policy().open();
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  /** Rows of one to four chunks; every third begins with the same words. */
  private void write(int documents) throws IOException {
    Random random = new Random(4);
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < documents; i++) {
      StringBuilder text = new StringBuilder();
      if (i % 3 == 0) {
        text.append("The comet follows the river and warms the harvest. ".repeat(6));
      }
      for (int s = 0; s < 1 + random.nextInt(20); s++) {
        text.append("The ").append(SUBJECTS.get(random.nextInt(SUBJECTS.size())));
        text.append(' ').append(VERBS.get(random.nextInt(VERBS.size())));
        text.append(" the ").append(SUBJECTS.get(random.nextInt(SUBJECTS.size()))).append(". ");
      }
      rows.append("{\"id\": ").append(1000 + i).append(", \"year\": ").append(1900 + i);
      rows.append(", \"name\": \"Number ").append(i).append("\", \"text\": \"");
      rows.append(text).append("\"}\n");
    }
    Files.writeString(input, rows);
  }

  private Runs runs(String home) {
    TableColumns columns =
        new TableColumns("id", List.of("text"), "name", List.of(MetaColumn.parse("year:int64")));
    return Runs.of(temp.resolve(home), input)
        .withSource(new TableSource(columns))
        .withShardRecords(4);
  }

  private static Cid embed(Runs runs) throws IOException {
    return Cid.parse(String.valueOf(runs.run().dataset()));
  }

  private static IndexReport index(Runs runs, TieredStore store, Cid dataset, int threads)
      throws IOException {
    return new IndexRun(
            runs.policy(), Sharing.FILES, new TestEngine(threads), new Notes(), EmbedRun.newName())
        .run(store, dataset);
  }

  private IndexReport index(Cid dataset) throws IOException {
    return index(runs("home"), store, dataset, 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 1000})
  void findsWhatAnExactSearchFinds(int shardRecords) throws IOException {
    Cid dataset = embed(runs("home").withShardRecords(shardRecords));
    IndexReport made = index(dataset);
    assertThat(made.groups() > 10).isEqualTo(shardRecords == 4);
    assertThat(made.chunks()).isGreaterThan(100);
    String many = "A long question about comets and orchards. ".repeat(20);
    try (SearchSession exact = SearchSession.open(store, dataset, null, true);
        SearchSession indexed = SearchSession.open(store, dataset, null, false)) {
      assertThat(exact.isIndexed()).isFalse();
      assertThat(indexed.isIndexed()).isTrue();
      for (String text : List.of("who mends the house", "the comet follows the river", many)) {
        for (String where : new @Nullable String[] {null, "year < 1930", "year = 1931"}) {
          for (boolean perDocument : new boolean[] {false, true}) {
            for (int k : new int[] {1, 10, 40}) {
              SearchQuery query = new SearchQuery(text, k, where, perDocument, SearchMode.VECTOR);
              SearchQuery all = new SearchQuery(text, 1000, where, perDocument, SearchMode.VECTOR);
              same(exact.search(all), exact.search(query), indexed.search(query));
            }
            for (SearchMode mode : List.of(SearchMode.KEYWORD, SearchMode.HYBRID)) {
              SearchQuery query = new SearchQuery(text, 10, where, perDocument, mode);
              assertThat(indexed.search(query))
                  .as("%s %s", query, mode)
                  .hasSameSizeAs(exact.search(query));
            }
          }
        }
      }
    }
  }

  /**
   * Equal scores at each rank, and each hit with its own score: of equal ones any may come first.
   */
  private static void same(List<Hit> all, List<Hit> exact, List<Hit> indexed) {
    Map<String, Double> scores = new HashMap<>();
    all.forEach(hit -> scores.put(place(hit), hit.score()));
    assertThat(indexed).hasSameSizeAs(exact);
    for (int i = 0; i < exact.size(); i++) {
      assertThat(indexed.get(i).score()).isCloseTo(exact.get(i).score(), within(1e-5));
      assertThat(scores.get(place(indexed.get(i)))).isCloseTo(indexed.get(i).score(), within(1e-5));
    }
    assertThat(indexed).extracting(IndexTest::place).doesNotHaveDuplicates();
  }

  private static String place(Hit hit) {
    return hit.id() + " " + hit.part() + " " + hit.chunk();
  }

  @Test
  void isAValueThatLuceneOpens() throws IOException {
    Cid dataset = embed(runs("home"));
    IndexReport first = index(dataset);
    Runs elsewhere = runs("elsewhere");
    try (TieredStore other = elsewhere.policy().open()) {
      assertThat(embed(elsewhere)).isEqualTo(dataset);
      IndexReport second = index(elsewhere, other, dataset, 1);
      assertThat(second.computed()).isEqualTo(second.groups());
      assertThat(second.index()).isEqualTo(first.index());
    }
    assertThat(index(dataset).computed()).as("again").isZero();
    Pin pin = store.local().pins().get(first.index());
    assertThat(pin).isNotNull();
    assertThat(pin.kind()).isEqualTo(Pin.Kind.PERSISTENT);
    assertThat(pin.why()).isEqualTo("index of " + dataset);

    Path folder = temp.resolve("lucene");
    new FolderGet(store)
        .get(new UnixFs(store).resolve(first.index(), IndexManifest.LUCENE), folder);
    try (FSDirectory directory = FSDirectory.open(folder);
        DirectoryReader reader = DirectoryReader.open(directory);
        CheckIndex check = new CheckIndex(directory)) {
      assertThat(reader.numDocs()).isEqualTo((int) first.chunks());
      assertThat(check.checkIndex().clean).isTrue();
    }
  }

  @Test
  void indexesWhatIsNewOnly() throws IOException {
    IndexReport before = index(embed(runs("home")));
    write(93);
    Cid grown = embed(runs("home"));
    IndexReport after = index(grown);
    assertThat(after.index()).isNotEqualTo(before.index());
    assertThat(after.computed()).isBetween(1, 2);

    Actions actions = store.local().actions();
    actions.remove(actions.keys());
    write(94);
    assertThat(index(embed(runs("home"))).computed()).as("by the kept indexes").isBetween(1, 2);

    Runs fresh = runs("fresh");
    write(93);
    try (TieredStore other = fresh.policy().open()) {
      assertThat(index(fresh, other, embed(fresh), 2).index()).isEqualTo(after.index());
    }
  }

  @Test
  void goesWithWhatItIsOf() throws IOException {
    Cid dataset = embed(runs("home"));
    Cid index = index(dataset).index();
    try (SearchSession session = SearchSession.open(store, dataset, null, false)) {
      assertThat(session.search(new SearchQuery("comet", 5, null, false, SearchMode.HYBRID)))
          .hasSize(5);
    }
    Path cache = store.local().cacheFolder().resolve("search");
    assertThat(cache).isNotEmptyDirectory();
    ForgetRun.Result forgotten = new ForgetRun(store).forget(Set.of("1003"), "asked");
    assertThat(forgotten.pinned()).isEmpty();
    assertThat(new Indexes(store.local()).all()).isEmpty();
    assertThat(cache).doesNotExist();
    store.local().gc().run();
    assertThat(store.local().has(index)).isFalse();
  }

  @Test
  void nothingIsKeptOfWhatIsNotKept() throws IOException {
    Cid dataset = embed(runs("home"));
    Cid index = index(dataset).index();
    store.local().dropped().add(dataset);
    assertThatExceptionOfType(InputFailedException.class)
        .isThrownBy(() -> index(dataset))
        .withMessageContaining("let go");
    assertThat(new ForgetRun(store).forget(Set.of("nobody"), "asked").blocks()).isPositive();
    assertThat(store.local().pins().get(index)).isNull();

    store.local().dropped().remove(dataset);
    Indexes indexes = new Indexes(store.local());
    index = index(dataset).index();
    indexes.releaseOrphans();
    assertThat(indexes.all()).containsExactly(index);
    Cid gone = Cid.parse("bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy");
    store.local().pins().put(index, Pin.Kind.PERSISTENT, "index of " + gone);
    indexes.releaseOrphans();
    assertThat(indexes.all()).isEmpty();
  }

  @Test
  void otherColumnsAreOtherPlans() throws IOException {
    embed(runs("home"));
    TableColumns columns =
        new TableColumns("id", List.of("text"), null, List.of(MetaColumn.parse("name")));
    RunReport report = runs("home").withSource(new TableSource(columns)).run();
    assertThat(report.deadLetters()).isZero();
    assertThat(report.documents()).isEqualTo(90);
    assertThat(report.embeddedTokens()).as("the texts are the same").isZero();
  }

  @Test
  void aDamagedCopyIsMadeAgain() throws IOException {
    Cid dataset = embed(runs("home"));
    Cid index = index(dataset).index();
    SearchQuery query = new SearchQuery("orchard", 5, null, false, SearchMode.VECTOR);
    List<Hit> before;
    try (SearchSession session = SearchSession.open(store, dataset, null, false)) {
      before = session.search(query);
    }
    Path copy = store.local().cacheFolder().resolve("search").resolve("index-" + index);
    try (var files = Files.newDirectoryStream(copy, "*.cfs")) {
      for (Path file : files) {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.delete(file);
        Files.write(file, bytes);
      }
    }
    try (SearchSession session = SearchSession.open(store, dataset, null, false)) {
      assertThat(session.search(query)).isEqualTo(before);
    }
  }

  @Test
  void whatIsNoDatasetIsRefused() throws IOException {
    Cid dataset = embed(runs("home"));
    Cid data = new UnixFs(store).resolve(dataset, "data");
    assertThatExceptionOfType(TargetNotFoundException.class).isThrownBy(() -> index(data));
    assertThatExceptionOfType(IntegrityException.class)
        .isThrownBy(
            () -> index(Cid.parse("bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy")));
  }
}
