package dev.cairn.pipelines.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.io.dataset.DataFile;
import dev.cairn.io.dataset.Manifest;
import dev.cairn.io.store.http.Credentials;
import dev.cairn.io.store.http.Endpoint;
import dev.cairn.io.store.http.RateLimit;
import dev.cairn.io.store.http.Retries;
import dev.cairn.io.store.tier.StorePolicy;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.pipelines.EmbedRun;
import dev.cairn.pipelines.InputFailedException;
import dev.cairn.pipelines.Notes;
import dev.cairn.pipelines.TableRows;
import dev.cairn.pipelines.report.KeptReports;
import dev.cairn.pipelines.report.ReportedRun;
import dev.cairn.transforms.hub.HubKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scans of a real server that speaks the hub's API. */
class ScanRunTest {
  private static final Retries QUICK = new Retries(4, Duration.ofSeconds(20), Duration.ofMillis(1));
  private static final HubQuery ALL =
      new HubQuery(List.of(HubKind.MODEL, HubKind.DATASET), null, null, List.of(), null);
  @TempDir private Path temp;

  private StorePolicy policy() {
    return StorePolicy.local(temp.resolve("home"), "test");
  }

  private ScanConfig config(LocalHub hub, HubQuery query, boolean cards, @Nullable Long limit)
      throws IOException {
    return new ScanConfig(
        query,
        cards,
        limit,
        Endpoint.parse(hub.endpoint()),
        Credentials.none(),
        1000,
        QUICK,
        ScanConfig.NAME,
        policy());
  }

  private static ScanReport run(ScanConfig config) throws IOException {
    return new ScanRun(config, new Notes(), EmbedRun.newName()).run();
  }

  private ScanReport scan(LocalHub hub) throws IOException {
    return run(config(hub, ALL, false, null));
  }

  private Manifest manifest(ScanReport report) throws IOException {
    return TableRows.manifest(policy(), report.dataset());
  }

  private List<List<String>> rows(ScanReport report, String table) throws IOException {
    return TableRows.read(policy(), report.dataset(), table);
  }

  @Test
  void listsEverythingOnce() throws IOException {
    try (LocalHub hub = LocalHub.of(1, 2500, 700)) {
      ScanReport report = scan(hub);
      assertThat(report.records()).isEqualTo(3200);
      assertThat(report.pages()).isEqualTo(4);
      assertThat(report.complete()).isTrue();
      assertThat(report.deadLetters()).isZero();
      assertThat(rows(report, "models"))
          .extracting(row -> row.get(2))
          .containsExactlyInAnyOrderElementsOf(
              hub.records("models").stream().map(r -> r.path("id").asText()).toList());
      assertThat(rows(report, "datasets")).hasSize(700);
      assertThat(rows(report, "popularity")).hasSize(3200);
    }
  }

  @Test
  void itsReportIsKept() throws IOException {
    try (LocalHub hub = LocalHub.of(1, 30, 7)) {
      ScanConfig config = config(hub, ALL, false, null);
      for (int scan = 0; scan < 2; scan++) {
        new ReportedRun(config.policy(), config.ref(), EmbedRun.newName())
            .run(name -> new ScanRun(config, new Notes(), name).run(), new Notes());
      }
    }
    List<KeptReports.Kept> kept = new KeptReports(Path.of(policy().home())).list();
    assertThat(kept)
        .extracting(report -> report.fields().path("outcome").asText())
        .containsExactlyInAnyOrder("committed", "unchanged");
    assertThat(kept)
        .allSatisfy(report -> assertThat(report.fields().path("records").asInt()).isEqualTo(37));
  }

  @Test
  void isAFunctionOfWhatTheHubHas() throws IOException {
    try (LocalHub hub = LocalHub.of(2, 1500, 0)) {
      ScanReport first = scan(hub);
      List<LocalHub.Fault> faults = List.of(LocalHub.Fault.values());
      Random random = new Random(3);
      hub.failing(number -> faults.get(random.nextInt(2) * random.nextInt(faults.size() - 1)));
      ScanReport second = scan(hub);
      assertThat(second.dataset()).isEqualTo(first.dataset());
      assertThat(second.commit()).as("nothing to commit").isEqualTo(first.commit());
    }
  }

  @Test
  void aChangeOfPopularityChangesNoModel() throws IOException {
    try (LocalHub hub = LocalHub.of(4, 3000, 0)) {
      Manifest before = manifest(scan(hub));
      hub.records("models").forEach(r -> r.put("downloads", r.path("downloads").asInt() + 1));
      hub.records("models").get(7).put("pipeline_tag", "other");
      Manifest after = manifest(scan(hub));
      assertThat(after.table("popularity")).doesNotContainAnyElementsOf(before.table("popularity"));
      List<DataFile> changed = new ArrayList<>(after.table("models"));
      changed.removeAll(before.table("models"));
      assertThat(changed).hasSize(1);
    }
  }

  @Test
  void goesOnWhereItWasStopped() throws IOException {
    try (LocalHub hub = LocalHub.of(5, 4500, 1200)) {
      hub.failing(number -> number >= 3 ? LocalHub.Fault.TIMEOUT : LocalHub.Fault.NONE);
      ScanIncompleteException stopped =
          catchThrowableOfType(ScanIncompleteException.class, () -> scan(hub));
      assertThat(stopped.pages()).isEqualTo(3);
      assertThat(stopped.records()).isEqualTo(3000);
      assertThat(stopped).hasMessageContaining("504").hasMessageContaining("kept");
      hub.failing(number -> LocalHub.Fault.NONE);
      ScanReport report = scan(hub);
      assertThat(report.records()).isEqualTo(5700);
      assertThat(hub.asked()).doesNotHaveDuplicates().hasSize(7);
      scan(hub);
      assertThat(hub.asked()).as("what is committed is asked for anew").hasSize(14);
    }
  }

  @Test
  void saysWhereItStoppedBeforeTheEnd() throws IOException {
    try (LocalHub hub = LocalHub.of(6, 2500, 10)) {
      ScanReport cut = run(config(hub, ALL, false, 1700L));
      assertThat(cut.records()).isEqualTo(1700);
      assertThat(cut.complete()).isFalse();
      assertThat(manifest(cut).settings()).containsEntry("complete", false);
      ScanReport whole = run(config(hub, ALL, false, 2510L));
      assertThat(whole.complete()).isTrue();
    }
  }

  @Test
  void asksForWhatChangedSinceATime() throws IOException {
    try (LocalHub hub = LocalHub.of(7, 2000, 0)) {
      Instant since = Instant.parse("2023-06-01T00:00:00Z");
      long expected =
          hub.records("models").stream()
              .filter(r -> !Instant.parse(r.path("lastModified").asText()).isBefore(since))
              .count();
      HubQuery query = new HubQuery(List.of(HubKind.MODEL), null, null, List.of(), since);
      ScanReport report = run(config(hub, query, false, null));
      assertThat(report.records()).isEqualTo(expected).isBetween(1L, 1999L);
      assertThat(report.complete()).isTrue();
    }
  }

  @Test
  void filtersAsTheHubDoes() throws IOException {
    try (LocalHub hub = LocalHub.of(8, 500, 0)) {
      HubQuery query =
          new HubQuery(List.of(HubKind.MODEL), null, "model-1", List.of("tag-3"), null);
      assertThat(run(config(hub, query, false, null)).records()).isBetween(1L, 60L);
      assertThat(hub.asked().get(0)).contains("search=model-1").contains("filter=tag-3");
    }
  }

  @Test
  void fetchesEachCardOnceForEachCommit() throws IOException {
    try (LocalHub hub = LocalHub.of(9, 40, 10)) {
      ScanReport first = run(config(hub, ALL, true, null));
      assertThat(first.cards()).isEqualTo(50);
      assertThat(rows(first, "models"))
          .extracting(row -> row.get(row.size() - 1))
          .anyMatch(card -> card.contains("Card of org"))
          .anyMatch(card -> card.equals("null"));
      assertThat(run(config(hub, ALL, true, null)).cards()).as("nothing changed").isZero();
      ObjectNode changed =
          hub.records("models").stream().filter(r -> r.has("cardData")).findFirst().orElseThrow();
      changed.put("sha", "beef");
      hub.card("models", changed.path("id").asText(), "# New");
      ScanReport second = run(config(hub, ALL, true, null));
      assertThat(second.cards()).isEqualTo(1);
      assertThat(rows(second, "models")).anyMatch(row -> row.get(row.size() - 1).equals("# New"));
    }
  }

  @Test
  void keepsWhatCannotBeReadAsDeadLetters() throws IOException {
    try (LocalHub hub = LocalHub.of(10, 20, 0)) {
      hub.records("models").get(3).put("downloads", "many");
      hub.records("models").get(4).put("id", "no name").put("modelId", "no name");
      ScanReport report = scan(hub);
      assertThat(report.records()).isEqualTo(18);
      assertThat(report.deadLetters()).isEqualTo(2);
      assertThat(rows(report, "errors"))
          .extracting(row -> row.get(0) + " " + row.get(2) + " " + row.get(3))
          .containsExactly("models scan invalid_name", "models scan wrong_type");
    }
  }

  @Test
  void takesTheNewestOfWhatIsListedTwice() throws IOException {
    try (LocalHub hub = LocalHub.of(11, 20, 0)) {
      ObjectNode again = hub.records("models").get(3).deepCopy();
      again.put("lastModified", "2030-01-01T00:00:00.000Z").put("sha", "beef");
      hub.records("models").add(again);
      ScanReport report = scan(hub);
      assertThat(report.records()).isEqualTo(20);
      assertThat(report.duplicates()).isEqualTo(1);
      assertThat(rows(report, "models")).filteredOn(row -> row.get(4).equals("beef")).hasSize(1);
    }
  }

  @Test
  void committsNothingThatLooksWholeAndIsNot() throws IOException {
    try (LocalHub hub = LocalHub.of(12, 0, 0)) {
      assertThat(catchThrowableOfType(InputFailedException.class, () -> scan(hub))).isNotNull();
    }
    try (LocalHub hub = LocalHub.of(13, 1500, 0)) {
      hub.failing(n -> n > 0 ? LocalHub.Fault.GARBAGE : LocalHub.Fault.NONE);
      assertThat(catchThrowableOfType(ScanIncompleteException.class, () -> scan(hub)))
          .hasMessageContaining("JSON");
    }
    try (LocalHub hub = LocalHub.of(14, 1500, 0)) {
      hub.looping();
      assertThat(catchThrowableOfType(ScanIncompleteException.class, () -> scan(hub))).isNotNull();
    }
    try (TieredStore store = policy().open()) {
      assertThat(store.local().refs().current(ScanConfig.NAME)).isNull();
    }
  }

  @Test
  void sendsItsTokenAndTellsNobody() throws IOException {
    try (LocalHub hub = LocalHub.of(15, 20, 0)) {
      hub.requiring("hf_secret");
      ScanIncompleteException refused =
          catchThrowableOfType(ScanIncompleteException.class, () -> scan(hub));
      assertThat(refused).hasMessageContaining("401");
      ScanConfig open = config(hub, ALL, false, null);
      ScanConfig config =
          new ScanConfig(
              open.query(),
              false,
              null,
              open.endpoint(),
              Credentials.parse("bearer:hf_secret"),
              1000,
              QUICK,
              ScanConfig.NAME,
              open.policy());
      assertThat(run(config).records()).isEqualTo(20);
      assertThat(config.toString()).doesNotContain("hf_secret");
    }
  }

  @Test
  void understandsLinksAsTheStandardHasThem() {
    assertThat(HubApi.target("<https://x/a?c=1>; rel=\"next\"")).isEqualTo("https://x/a?c=1");
    assertThat(HubApi.target("<a>; rel=prev, <b,c>; x=\"y;z\"; REL=\"last NEXT\""))
        .isEqualTo("b,c");
    assertThat(HubApi.target("<a>; rel=\"nextish\", <b>; title=\"rel=next\"")).isNull();
    assertThat(HubApi.target("")).isNull();
  }

  @Test
  void asksAgainWhatListedNothing() throws IOException {
    try (LocalHub hub = LocalHub.of(17, 0, 0)) {
      assertThat(catchThrowableOfType(InputFailedException.class, () -> scan(hub))).isNotNull();
      hub.add("models", LocalHub.model(new Random(1), 1));
      assertThat(scan(hub).records()).isEqualTo(1);
    }
  }

  @Test
  void keepsRecordsWithHalfCharactersAsDeadLetters() throws IOException {
    try (LocalHub hub = LocalHub.of(18, 3, 0)) {
      hub.records("models").get(1).putArray("tags").add("\ud800");
      ScanReport report = scan(hub);
      assertThat(report.records()).isEqualTo(2);
      assertThat(rows(report, "errors"))
          .extracting(row -> row.get(3))
          .containsExactly("invalid_unicode");
    }
  }

  @Test
  void spreadsItsRequestsOverTheQuota() {
    assertThat(Pacer.seconds(new RateLimit(4, 1))).isEqualTo(0.25);
    assertThat(Pacer.seconds(new RateLimit(0, 55))).isEqualTo(55);
    assertThat(Pacer.seconds(new RateLimit(0, 999_999))).isEqualTo(600);
  }
}
