package dev.cairn.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Manifest;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.transforms.hub.HubSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The samples of this repository, whose documents are the same bytes on every machine. */
@ExtendWith(ModelLease.class)
class GoldenDatasetTest {
  /**
   * The folder {@code data/documents} of the samples' dataset with {@code --shard-records 16}: no
   * vector is in it, so that no kind of CPU changes it. When it changes (a new zstd, parquet or
   * parser), old shards are no longer what a run from scratch would give: raise {@link
   * EmbedConfig#FORMAT} with it.
   */
  private static final String DOCUMENTS =
      "bafybeiajscdtnannsggnfhgygroxzrpbn4rtt3p3uyyosixcls2olgp7qa";

  /** The same of the samples of the hub. */
  private static final String HUB_DOCUMENTS =
      "bafybeifb2xqyphjgoiy42ul5xl4vkyzhphpwvmdpwphkk37bmgdfsy6fdu";

  @TempDir Path temp;

  @Test
  void givesTheSameDocumentsEverywhere() throws IOException {
    Path samples = Path.of("..", "data", "samples", "caselaw");
    Runs runs = Runs.of(temp.resolve("home"), samples).withShardRecords(16);
    RunReport report = runs.run();
    try (TieredStore store = runs.policy().open()) {
      Cid dataset = Cid.parse(String.valueOf(report.dataset()));
      assertThat(new UnixFs(store).resolve(dataset, "data/documents")).hasToString(DOCUMENTS);
      Manifest manifest = Manifests.read(store, dataset);
      assertThat(manifest.deadLetters()).isEqualTo(Map.of("invalid_json", 1L));
      assertThat(manifest.containers())
          .containsOnlyKeys("more/volume-8.json", "more/volume-9.jsonl.gz");
    }
    assertThat(report.documents()).isEqualTo(45);
    assertThat(report.duplicates()).isEqualTo(1);
  }

  @Test
  void givesTheSameRepositoriesEverywhere() throws IOException {
    Path samples = Path.of("..", "data", "samples", "hub");
    Runs runs = Runs.of(temp.resolve("home"), samples).withSource(new HubSource());
    RunReport report = runs.run();
    assertThat(report.documents()).isEqualTo(5);
    assertThat(report.duplicates()).as("they differ in popularity alone").isEqualTo(1);
    assertThat(report.deadLetters()).isZero();
    try (TieredStore store = runs.policy().open()) {
      Cid dataset = Cid.parse(String.valueOf(report.dataset()));
      assertThat(new UnixFs(store).resolve(dataset, "data/documents")).hasToString(HUB_DOCUMENTS);
    }
  }
}
