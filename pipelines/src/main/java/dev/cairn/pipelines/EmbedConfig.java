package dev.cairn.pipelines;

import dev.cairn.io.dataset.Manifest;
import dev.cairn.io.dataset.ShardCutter;
import dev.cairn.io.store.tier.StorePolicy;
import dev.cairn.models.use.ModelAccess;
import dev.cairn.transforms.embed.VectorSettings;
import dev.cairn.transforms.embed.VectorType;
import dev.cairn.transforms.record.RecordSource;
import dev.cairn.transforms.text.ChunkSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An embedding run, validated: immutable, and the same for the same command line.
 *
 * @param source what the records are
 * @param inputs targets or local paths
 * @param ref that the dataset's commit moves
 * @param model reference of the model
 * @param access how models are come by that are not on this machine
 * @param chunks how text is cut
 * @param vectors what is embedded beside a chunk's text, and how its vector is kept
 * @param shardRecords records of a shard on average
 * @param maxFailed how many inputs may fail
 * @param numerics what to do with vectors of another kind of machine
 * @param reuse targets of datasets whose vectors are taken where their text is embedded
 * @param checks what must hold of the dataset
 * @param outputFolder where the dataset is also written as plain files, or null
 * @param dryRun true to stop after planning
 * @param sharing what workers share with the launcher
 * @param policy the store
 */
public record EmbedConfig(
    RecordSource source,
    List<String> inputs,
    String ref,
    String model,
    ModelAccess access,
    ChunkSettings chunks,
    VectorSettings vectors,
    int shardRecords,
    Allowance maxFailed,
    Numerics numerics,
    List<String> reuse,
    OutputChecks checks,
    @Nullable Path outputFolder,
    boolean dryRun,
    Sharing sharing,
    StorePolicy policy) {

  /** Raised whenever the golden dataset CID of the samples changes (design.md, "Keys"). */
  static final int FORMAT = 2;

  private static final String VECTOR_TYPE = "vector_type";

  public EmbedConfig {
    inputs = List.copyOf(inputs);
    reuse = List.copyOf(reuse);
    sharing.check(policy);
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("Cannot embed: no --input (at least one)");
    }
    if (shardRecords < 1 || shardRecords > ShardCutter.MAX_RECORDS) {
      throw new IllegalArgumentException(
          "Cannot use --shard-records: "
              + shardRecords
              + " (1 to "
              + ShardCutter.MAX_RECORDS
              + ")");
    }
  }

  /** How a dataset keeps its vectors. */
  static VectorType vectorType(Manifest manifest) {
    return nameOf(VectorType.F16).equals(manifest.settings().get(VECTOR_TYPE))
        ? VectorType.F16
        : VectorType.F32;
  }

  private static String nameOf(VectorType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  /** All that reaches the dataset's bytes beside input and model. */
  SortedMap<String, Object> settings() {
    SortedMap<String, Object> settings = new TreeMap<>(source.settings());
    settings.put("format", FORMAT);
    settings.put("pipeline", source.name());
    settings.put("reader", source.version());
    settings.put("max_tokens", chunks.maxTokens());
    settings.put("overlap", chunks.overlap());
    settings.put("context", vectors.titleContext() ? "title" : "none");
    settings.put("shard_records", shardRecords);
    settings.put(VECTOR_TYPE, nameOf(vectors.type()));
    return settings;
  }
}
