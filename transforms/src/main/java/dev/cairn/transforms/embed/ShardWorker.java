package dev.cairn.transforms.embed;

import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Address;
import dev.cairn.io.dataset.AddressReader;
import dev.cairn.io.dataset.DeadLetter;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.io.unixfs.UnixFsWriter;
import dev.cairn.models.ModelFiles;
import dev.cairn.models.ModelRef;
import dev.cairn.models.embed.InferencePool;
import dev.cairn.models.token.TextTokenizer;
import dev.cairn.transforms.record.BadRecordException;
import dev.cairn.transforms.record.Document;
import dev.cairn.transforms.record.RecordOpener;
import dev.cairn.transforms.record.SystemTemp;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Objects;

/** One worker's store, model and tokenizer, and the computing of shards with them. */
final class ShardWorker implements Closeable {
  private static final String STAGE = "chunk";

  private final EmbedSettings settings;
  private final TieredStore store;
  private final TextTokenizer tokenizer;
  private final InferencePool pool;
  private final RecordOpener records;

  private ShardWorker(
      EmbedSettings settings, TieredStore store, TextTokenizer tokenizer, InferencePool pool) {
    this.settings = settings;
    this.store = store;
    this.tokenizer = tokenizer;
    this.pool = pool;
    this.records = new RecordOpener(settings.source(), settings.root(), store);
  }

  /**
   * Opens the store and the model.
   *
   * @throws NumericsDifferException if this machine's vectors are not the launcher's
   */
  static ShardWorker open(EmbedSettings settings) throws IOException {
    TieredStore store = settings.policy().open();
    ModelFiles files = ModelFiles.of(ModelRef.parse(settings.model()), store.local().cacheFolder());
    InferencePool pool = InferencePool.acquire(files, settings.chunks().maxTokens());
    String identity = pool.identity().digest();
    if (!identity.equals(settings.identity())) {
      pool.close();
      store.close();
      throw new NumericsDifferException(settings.identity(), identity);
    }
    return new ShardWorker(settings, store, TextTokenizer.open(files), pool);
  }

  ShardReceipt compute(ShardTask task) throws IOException {
    try (BlockWriter writer = store.local().newWriter();
        ShardFiles files = new ShardFiles(new UnixFsWriter(writer, SystemTemp.FOLDER));
        ShardRows rows = new ShardRows(settings, files, pool)) {
      try (SeekableByteChannel plan = new UnixFs(store).open(Cid.parse(task.getPlan()))) {
        plan.position(task.getOffset());
        InputStream bytes = new BufferedInputStream(Channels.newInputStream(plan));
        AddressReader addresses = new AddressReader(bytes);
        for (int i = 0; i < task.getRecords(); i++) {
          embed(Objects.requireNonNull(addresses.next(), "as many as planned"), rows);
        }
      }
      ShardReceipt receipt = rows.finish(task.getKey());
      writer.seal();
      List<Cid> objects = List.of(Cid.parse(receipt.getShard()));
      store.local().actions().put(ShardReceipt.action(receipt.getKey()), receipt.toJson(), objects);
      return receipt;
    }
  }

  private void embed(Address address, ShardRows rows) throws IOException {
    RecordOpener.Opened opened = records.open(address);
    Document document = opened.document();
    try {
      DocumentChunks chunks =
          DocumentChunks.of(document, tokenizer, settings.chunks(), settings.titleContext());
      rows.document(opened.row());
      while (chunks.hasNext()) {
        rows.chunk(chunks.next(), chunks, document.labels());
      }
    } catch (BadRecordException e) {
      rows.deadLetter(
          new DeadLetter(address.path(), address.id(), STAGE, e.code(), e.reason(), ""));
    }
  }

  @Override
  public void close() throws IOException {
    pool.close();
    tokenizer.close();
    store.close();
  }
}
