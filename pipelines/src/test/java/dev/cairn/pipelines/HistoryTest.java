package dev.cairn.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.DataFile;
import dev.cairn.io.dataset.TargetNotFoundException;
import dev.cairn.io.store.Pin;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.pipelines.history.Change;
import dev.cairn.pipelines.history.DatasetDiff;
import dev.cairn.pipelines.history.History;
import dev.cairn.pipelines.history.PruneRun;
import dev.cairn.pipelines.history.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of versions: compared, gone back to, dropped. */
@ExtendWith(ModelLease.class)
class HistoryTest {
  @TempDir private Path temp;
  private Path input = Path.of(".");
  private Runs runs = Runs.of(Path.of("."));
  private final List<Cid> versions = new ArrayList<>();

  @BeforeEach
  void threeVersions() throws IOException {
    input = Files.createDirectory(temp.resolve("input"));
    runs = Runs.of(temp.resolve("home"), input).withMaxFailed("9");
    for (int i = 1; i <= 20; i++) {
      write(i, "Opinion " + i + ".");
    }
    run();
    write(3, "Another opinion.");
    write(21, "A new one.");
    Files.delete(input.resolve("9.json"));
    Files.move(input.resolve("12.json"), input.resolve("moved.json"));
    Files.writeString(input.resolve("broken.json"), "{");
    run();
    write(4, "Changed later.");
    run();
  }

  private void write(int id, String text) throws IOException {
    Files.writeString(
        input.resolve(id + ".json"),
        """
        {"id": %d, "casebody": {"opinions": [{"text": "%s"}]}}
        """
            .formatted(id, text));
  }

  private void run() throws IOException {
    versions.add(Cid.parse(String.valueOf(runs.run().dataset())));
  }

  private List<String> diff(Cid a, Cid b) throws IOException {
    List<String> changes = new ArrayList<>();
    try (TieredStore store = runs.policy().open()) {
      DatasetDiff.of(store, a, b)
          .tell(change -> changes.add(change.kind() + " " + change.id() + change.detail()));
    }
    return changes;
  }

  @Test
  void tellsWhatChangedById() throws IOException {
    assertThat(diff(versions.get(0), versions.get(1)))
        .containsExactlyInAnyOrder(
            "changed cap:3", "deleted cap:9", "added cap:21", "failed broken.jsoninvalid_json");
    assertThat(diff(versions.get(1), versions.get(0)))
        .containsExactlyInAnyOrder("changed cap:3", "added cap:9", "deleted cap:21");
    assertThat(diff(versions.get(1), versions.get(2))).containsExactly("changed cap:4");
    assertThat(diff(versions.get(2), versions.get(2))).isEmpty();
  }

  @Test
  void readsNoFileThatBothDatasetsHave() throws IOException {
    Set<Cid> before = documents(versions.get(1));
    Set<Cid> after = documents(versions.get(2));
    try (TieredStore store = runs.policy().open()) {
      RecordingStore recording = new RecordingStore(store);
      DatasetDiff.of(recording, versions.get(1), versions.get(2)).tell(change -> {});
      for (Cid file : after) {
        assertThat(recording.read().contains(file)).isEqualTo(!before.contains(file));
      }
    }
    assertThat(after).containsAnyElementsOf(before).isNotEqualTo(before);
  }

  private Set<Cid> documents(Cid dataset) throws IOException {
    return TableRows.manifest(runs.policy(), dataset.toString()).table("documents").stream()
        .map(DataFile::cid)
        .collect(Collectors.toSet());
  }

  @Test
  void tellsTheSameWhereShardsWereCutElsewhere() throws IOException {
    Cid same = Cid.parse(String.valueOf(runs.withShardRecords(2).run().dataset()));
    assertThat(diff(versions.get(2), same)).isEmpty();
    assertThat(diff(versions.get(0), same)).contains("changed cap:4", "deleted cap:9").hasSize(5);
  }

  @Test
  void comparesDatasetsOnly() throws IOException {
    Cid folder;
    try (TieredStore store = runs.policy().open()) {
      folder = new UnixFs(store).resolve(versions.get(0), "data");
    }
    assertThatExceptionOfType(TargetNotFoundException.class)
        .isThrownBy(() -> diff(versions.get(0), folder));
  }

  @Test
  void dropsAVersionThatRetentionDoesNotKeep() throws IOException {
    try (TieredStore store = runs.policy().open()) {
      PruneRun prune = new PruneRun(store);
      Retention two = new Retention(2, 0, 0);
      assertThat(prune.prune(Runs.REF, two, true))
          .extracting(v -> v.commit().dataset())
          .containsExactly(versions.get(0));
      store.local().pins().put(versions.get(1), Pin.Kind.PERSISTENT, "mine");
      assertThat(prune.prune(Runs.REF, new Retention(1, 0, 0), false)).hasSize(1);
      store.local().gc().run();
      assertThat(History.of(store.local(), Runs.REF).versions())
          .as("shards of actions are kept for some days")
          .extracting(History.Version::dropped)
          .containsExactly(false, false, true);
      assertThat(store.local().verify().all().missing()).isEmpty();
    }
    assertThat(diff(versions.get(1), versions.get(2))).containsExactly("changed cap:4");
    assertThat(new Change("a", Change.Kind.ADDED, "").kind()).hasToString("added");
  }

  @Test
  void goesBackToADatasetByANewCommit() throws IOException {
    try (TieredStore store = runs.policy().open()) {
      PresentDataset present = PresentDataset.of(store.local(), Runs.REF);
      DatasetCommit.Done done =
          new DatasetCommit(store, runs.policy(), Runs.REF, EmbedRun.newName())
              .commit(present, versions.get(0), Map.of());
      assertThat(done.parent()).isEqualTo(present == null ? null : present.commitCid());
      assertThat(History.of(store.local(), Runs.REF).versions())
          .extracting(v -> v.commit().dataset())
          .containsExactly(versions.get(0), versions.get(2), versions.get(1), versions.get(0));
    }
    assertThat(runs.run().dataset()).isEqualTo(versions.get(2).toString());
  }
}
