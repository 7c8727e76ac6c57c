package dev.cairn.pipelines;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.DataFile;
import dev.cairn.io.dataset.KeyOrder;
import dev.cairn.io.dataset.Manifest;
import dev.cairn.io.dataset.Shard;
import dev.cairn.transforms.embed.ShardReceipt;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A dataset whose vectors may be taken: the same model made them, of texts in the same context. */
record EarlierDataset(Manifest manifest) {
  private static final String CONTEXT = "context";

  /** The dataset of a manifest, if its vectors are those that this run would compute. */
  static Optional<EarlierDataset> of(
      @Nullable Manifest manifest, EmbedConfig config, AcceptedVectors accepted) {
    if (manifest == null) {
      return Optional.empty();
    }
    boolean fits =
        accepted.accepts(manifest)
            && config.vectors().type().isIn(EmbedConfig.vectorType(manifest))
            && Objects.equals(manifest.settings().get(CONTEXT), config.settings().get(CONTEXT));
    return fits ? Optional.of(new EarlierDataset(manifest)) : Optional.empty();
  }

  /** The files of its chunks, in key order. */
  List<Cid> chunks() {
    return manifest.table(ShardReceipt.CHUNKS).stream().map(DataFile::cid).toList();
  }

  /**
   * Those that may hold keys of a range, in key order.
   *
   * @param after the key before the first, or null from the start
   * @param upTo the last key, or null to the end
   */
  List<Cid> chunks(@Nullable String after, @Nullable String upTo) {
    List<Cid> files = new ArrayList<>();
    String before = null;
    for (Shard shard : manifest.shards()) {
      boolean ends = after != null && isAtMost(shard.boundary(), after);
      boolean begins = upTo == null || before == null || !isAtMost(upTo, before);
      DataFile file = shard.tables().get(ShardReceipt.CHUNKS);
      if (!ends && begins && file != null) {
        files.add(file.cid());
      }
      before = shard.boundary();
    }
    return files;
  }

  /** True if a key, null behind all, is not behind another. */
  private static boolean isAtMost(@Nullable String key, String other) {
    return key != null && KeyOrder.INSTANCE.compare(key, other) <= 0;
  }
}
