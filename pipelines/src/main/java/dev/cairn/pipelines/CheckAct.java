package dev.cairn.pipelines;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.DataFile;
import dev.cairn.io.dataset.Manifest;
import dev.cairn.io.format.ParquetTableReader;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.table.ColumnType;
import dev.cairn.io.table.TableSchema;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.models.ModelIdentity;
import dev.cairn.pipelines.history.Change;
import dev.cairn.pipelines.history.DatasetDiff;
import dev.cairn.transforms.embed.ShardReceipt;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Refuses a dataset of which something does not hold that was asked for; then no ref moves. */
final class CheckAct {
  /** How far a norm may be from 1: far above the rounding of fp32, far below any other scale. */
  private static final double NORM_TOLERANCE = 1e-3;

  private final EmbedConfig config;
  private final LocalStore store;

  CheckAct(EmbedConfig config, LocalStore store) {
    this.config = config;
    this.store = store;
  }

  /**
   * Checks.
   *
   * @param present the ref's dataset before, null if there is none
   * @param written the shards that this run wrote
   * @throws InputFailedException naming what does not hold
   */
  void check(
      @Nullable PresentDataset present, Cid dataset, Manifest manifest, List<KnownShard> written)
      throws IOException {
    OutputChecks checks = config.checks();
    long documents = manifest.total(ShardReceipt.DOCUMENTS);
    if (documents < checks.minDocuments()) {
      throw refusal(documents + " documents", "--min-documents " + checks.minDocuments());
    }
    if (checks.unitVectors()) {
      for (KnownShard shard : written) {
        checkNorms(shard, ModelIdentity.fromMap(manifest.model()).dimension());
      }
    }
    Allowance maxChange = checks.maxChange();
    if (present != null && maxChange != null && !present.dataset().equals(dataset)) {
      long before = present.manifest().total(ShardReceipt.DOCUMENTS);
      long changed = changes(present.dataset(), dataset);
      if (maxChange.exceededBy(changed, before)) {
        throw refusal(
            changed + " of " + before + " documents changed", "--max-change " + maxChange);
      }
    }
  }

  private long changes(Cid before, Cid after) throws IOException {
    AtomicLong changes = new AtomicLong();
    DatasetDiff.of(store, before, after)
        .tell(change -> changes.addAndGet(change.kind() == Change.Kind.FAILED ? 0 : 1));
    return changes.get();
  }

  private void checkNorms(KnownShard shard, int dimension) throws IOException {
    DataFile chunks = shard.tables().get(ShardReceipt.CHUNKS);
    if (chunks == null) {
      return;
    }
    TableSchema columns =
        TableSchema.builder()
            .column("id", ColumnType.string(), true)
            .column("embedding", ColumnType.vector(dimension), true)
            .build();
    try (ParquetTableReader rows =
        ParquetTableReader.open(new UnixFs(store).open(chunks.cid()), columns)) {
      for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
        double norm = row[1] instanceof float[] vector ? norm(vector) : Double.NaN;
        if (!(Math.abs(norm - 1) <= NORM_TOLERANCE)) {
          throw refusal(
              String.format(Locale.ROOT, "a vector of %s has the norm %.4f", row[0], norm),
              "--check-vectors: 1");
        }
      }
    }
  }

  private static double norm(float[] vector) {
    double sum = 0;
    for (float value : vector) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }

  private InputFailedException refusal(String found, String rule) {
    return new InputFailedException(
        "Cannot move ref " + config.ref() + ": " + found + " (" + rule + ")");
  }
}
