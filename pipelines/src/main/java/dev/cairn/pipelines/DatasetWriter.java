package dev.cairn.pipelines;

import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.DataFile;
import dev.cairn.io.dataset.DatasetCard;
import dev.cairn.io.dataset.DeadLetter;
import dev.cairn.io.dataset.Manifest;
import dev.cairn.io.dataset.ManifestBuilder;
import dev.cairn.io.dataset.Shard;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.unixfs.StoredSize;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.io.unixfs.UnixFsWriter;
import dev.cairn.io.unixfs.Written;
import dev.cairn.transforms.embed.ShardReceipt;
import dev.cairn.transforms.record.DeadLetterLines;
import dev.cairn.transforms.record.SideTable;
import dev.cairn.transforms.record.SystemTemp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Puts a dataset together from shards that are in the store: folders, manifest, card. */
final class DatasetWriter {
  private static final String PLAN = "plan";

  /**
   * A dataset that was written.
   *
   * @param cid of its folder
   * @param bytes of the files that were made for it, its shards not counted
   */
  record Result(Cid cid, Manifest manifest, long bytes) {}

  private final EmbedConfig config;
  private final LocalStore store;
  private final DatasetCard card;

  DatasetWriter(EmbedConfig config, LocalStore store) {
    this.config = config;
    this.store = store;
    this.card = config.source().card();
  }

  /** Writes the dataset; returns when it is durable. */
  Result write(Cid input, AcceptedVectors accepted, Plan plan, List<KnownShard> shards)
      throws IOException {
    ManifestBuilder manifest = describe(input, accepted, plan, shards);
    try (BlockWriter writer = store.newWriter()) {
      UnixFsWriter objects = new UnixFsWriter(writer, SystemTemp.FOLDER);
      DatasetTree tree = new DatasetTree(objects);
      for (KnownShard shard : shards) {
        for (DataFile file : shard.tables().values()) {
          tree.add(file.path(), file.cid(), StoredSize.of(store, file.cid()));
        }
      }
      long bytes = 0;
      if (!plan.deadLetters().isEmpty()) {
        Written errors = writeErrors(objects, plan);
        String path = DataFile.pathOf(DeadLetter.TABLE, PLAN);
        manifest.file(
            DeadLetter.TABLE, new DataFile(path, errors.cid(), plan.failed(), errors.size()));
        tree.add(path, errors.cid(), errors.tsize());
        bytes += errors.size();
      }
      Manifest whole = manifest.build();
      bytes += tree.add(Manifest.FILE, whole.toJson());
      bytes += tree.add(DatasetCard.FILE, card.toMarkdown(whole));
      Cid cid = tree.finish();
      writer.seal();
      return new Result(cid, whole, bytes);
    }
  }

  private ManifestBuilder describe(
      Cid input, AcceptedVectors accepted, Plan plan, List<KnownShard> shards) {
    ManifestBuilder manifest =
        Manifest.builder()
            .pipeline(config.source().name())
            .settings(config.settings())
            .input(input)
            .model(accepted.model().toMap(), List.copyOf(accepted.numerics()))
            .total("documents", 0)
            .total("chunks", 0)
            .total("tokens", 0)
            .total("duplicates", plan.duplicates());
    if (plan.forgotten() > 0) {
      manifest.total("forgotten", plan.forgotten());
    }
    for (int i = 0; i < shards.size(); i++) {
      KnownShard shard = shards.get(i);
      manifest
          .shard(Shard.of(plan.shards().get(i).boundary(), shard.key(), shard.tables()))
          .total("documents", shard.rows(ShardReceipt.DOCUMENTS))
          .total("chunks", shard.rows(ShardReceipt.CHUNKS))
          .total("tokens", shard.tokens());
      for (SideTable table : config.source().sideTables()) {
        manifest.total(table.name(), shard.rows(table.name()));
      }
      shard.failures().forEach(manifest::deadLetters);
    }
    plan.failures().forEach(manifest::deadLetters);
    plan.containers().forEach(manifest::container);
    return manifest;
  }

  private Written writeErrors(UnixFsWriter objects, Plan plan) throws IOException {
    List<DeadLetter> letters = new ArrayList<>();
    for (Cid object : plan.deadLetters()) {
      letters.addAll(DeadLetterLines.read(new UnixFs(store).openStream(object)));
    }
    return ErrorFile.write(objects, letters);
  }
}
