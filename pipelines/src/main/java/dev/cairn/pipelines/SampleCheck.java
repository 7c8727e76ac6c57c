package dev.cairn.pipelines;

import dev.cairn.io.block.IntegrityException;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.DataFile;
import dev.cairn.io.dataset.Manifest;
import dev.cairn.io.format.ParquetTableReader;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.io.table.ColumnType;
import dev.cairn.io.table.TableSchema;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.models.ModelIdentity;
import dev.cairn.models.ModelSpec;
import dev.cairn.models.use.UsableModel;
import dev.cairn.transforms.embed.ShardReceipt;
import dev.cairn.transforms.embed.TitleLine;
import dev.cairn.transforms.embed.VectorType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Embeds a random sample of a dataset's chunks again and compares: what holds on every kind of
 * machine, where equal bits are promised on one kind only.
 */
public final class SampleCheck {
  /** Difference of any two floats at most: rounding of fp32 kernels, a tenth of what ranks see. */
  private static final double TOLERANCE = 1e-5;

  /**
   * The same for int8, whose activations are rounded to 256 steps: where the last bit of a scale
   * differs, so may every step. An estimate: one kind of CPU was at hand.
   */
  private static final double INT8_TOLERANCE = 0.05;

  /** By how much more a 16-bit float between 0.5 and 1 may differ from what it was rounded from. */
  private static final double HALF_ROUNDING = Math.scalb(1.0, -12);

  private static final String NO_CONTEXT = "none";

  /**
   * What was compared.
   *
   * @param sampled how many rows
   * @param maxAbsDifference the largest difference of two floats
   * @param tolerance the largest one that the model's precision allows
   */
  public record Result(int sampled, double maxAbsDifference, double tolerance) {
    /** True if every vector is what the model gives. */
    public boolean isWithinTolerance() {
      return maxAbsDifference <= tolerance;
    }
  }

  private final TieredStore store;
  private final UnixFs files;
  private final Manifest manifest;
  private final Models.@Nullable Model model;

  /** Compares with what the dataset's own model gives. */
  public SampleCheck(TieredStore store, Cid dataset) throws IOException {
    this(store, dataset, null);
  }

  /**
   * Compares with what a model gives.
   *
   * @param model null for the dataset's own
   */
  public SampleCheck(TieredStore store, Cid dataset, Models.@Nullable Model model)
      throws IOException {
    this.store = store;
    this.model = model;
    this.files = new UnixFs(store);
    this.manifest = Manifests.read(store, dataset);
  }

  /**
   * Compares {@code count} rows, chosen anew each time, or all if there are fewer.
   *
   * @throws IntegrityException if the dataset's model is not at hand
   */
  public Result compare(int count) throws IOException {
    ModelIdentity identity = ModelIdentity.fromMap(manifest.model());
    SortedSet<Long> rows = choose(count);
    Models models = new Models(store);
    double worst = 0;
    try (UsableModel usable =
        models.open(model == null ? own(models, identity) : model, identity)) {
      long first = 0;
      for (DataFile file : manifest.table(ShardReceipt.CHUNKS)) {
        SortedSet<Long> here = rows.subSet(first, first + file.rows());
        if (!here.isEmpty()) {
          worst = Math.max(worst, compare(file, first, here, usable));
        }
        first += file.rows();
      }
    }
    return new Result(rows.size(), worst, tolerance(identity));
  }

  private static Models.Model own(Models models, ModelIdentity identity) throws IOException {
    return models
        .of(identity)
        .orElseThrow(
            () ->
                new IntegrityException(
                    "Cannot embed sample: by "
                        + identity.described()
                        + " (a builtin one, or one that this store knows)"));
  }

  private double tolerance(ModelIdentity identity) {
    double kernels =
        switch (identity.precision()) {
          case "fp32" -> TOLERANCE;
          case ModelSpec.REMOTE -> RemoteIdentity.TOLERANCE;
          default -> INT8_TOLERANCE;
        };
    return EmbedConfig.vectorType(manifest) == VectorType.F16 ? kernels + HALF_ROUNDING : kernels;
  }

  private SortedSet<Long> choose(int count) {
    long total = manifest.total(ShardReceipt.CHUNKS);
    SplittableRandom random = new SplittableRandom();
    SortedSet<Long> rows = new TreeSet<>();
    while (rows.size() < Math.min(count, total)) {
      rows.add(random.nextLong(total));
    }
    return rows;
  }

  private double compare(DataFile file, long first, SortedSet<Long> wanted, UsableModel model)
      throws IOException {
    boolean titles = !NO_CONTEXT.equals(manifest.settings().get("context"));
    List<String> texts = new ArrayList<>();
    List<float[]> vectors = new ArrayList<>();
    ModelIdentity identity = model.identity();
    TableSchema columns = columns(identity.dimension());
    try (ParquetTableReader rows = ParquetTableReader.open(files.open(file.cid()), columns)) {
      long at = first;
      for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
        if (wanted.contains(at++)) {
          String title = titles ? TitleLine.inRow(row[2]) : "";
          String context = TitleLine.of(title, model.tokenizer(), identity.maxTokens());
          texts.add(identity.prefix() + context + row[0]);
          vectors.add((float[]) Objects.requireNonNull(row[1]));
        }
      }
    }
    return worst(vectors, model.embedder().embed(texts));
  }

  private static double worst(List<float[]> stored, List<float[]> computed) {
    double worst = 0;
    for (int i = 0; i < stored.size(); i++) {
      for (int k = 0; k < stored.get(i).length; k++) {
        worst = Math.max(worst, Math.abs((double) stored.get(i)[k] - computed.get(i)[k]));
      }
    }
    return worst;
  }

  private static TableSchema columns(int dimension) {
    return TableSchema.builder()
        .column("text", ColumnType.string(), true)
        .column("embedding", ColumnType.vector(dimension), true)
        .column("title", ColumnType.string(), false)
        .build();
  }
}
