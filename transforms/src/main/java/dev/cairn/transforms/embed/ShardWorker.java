package dev.cairn.transforms.embed;

import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.block.IntegrityException;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Address;
import dev.cairn.io.dataset.AddressReader;
import dev.cairn.io.dataset.DeadLetter;
import dev.cairn.io.store.StorageException;
import dev.cairn.io.store.tier.WorkStore;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.io.unixfs.UnixFsWriter;
import dev.cairn.io.unixfs.Written;
import dev.cairn.models.ModelIdentity;
import dev.cairn.models.ModelRef;
import dev.cairn.models.use.UsableModel;
import dev.cairn.transforms.record.BadRecordException;
import dev.cairn.transforms.record.Document;
import dev.cairn.transforms.record.InputChangedException;
import dev.cairn.transforms.record.RecordOpener;
import dev.cairn.transforms.record.SideTable;
import dev.cairn.transforms.record.SystemTemp;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One worker's store, model and tokenizer, and the computing of shards with them. */
final class ShardWorker implements Closeable {
  private static final String STAGE = "chunk";

  private final EmbedSettings settings;
  private final WorkStore store;
  private final UsableModel model;
  private final RecordOpener records;

  /**
   * A shard that is in the store now.
   *
   * @param known true if it was there before
   * @param bytes of all its blocks
   * @param embedMillis from the first record to the last vector
   * @param writeMillis from there to the action
   */
  record Outcome(
      ShardReceipt receipt, boolean known, long bytes, long embedMillis, long writeMillis) {
    private static Outcome known(ShardReceipt receipt) {
      return new Outcome(receipt, true, 0, 0, 0);
    }
  }

  private ShardWorker(EmbedSettings settings, WorkStore store, UsableModel model) {
    this.settings = settings;
    this.store = store;
    this.model = model;
    this.records = new RecordOpener(settings.source(), settings.root(), store);
  }

  /**
   * Opens the store and the model.
   *
   * @throws NumericsDifferException if this machine's vectors are not the launcher's
   */
  static ShardWorker open(EmbedSettings settings) throws IOException {
    WorkStore store = settings.store().open();
    try {
      return open(settings, store);
    } catch (IOException | RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private static ShardWorker open(EmbedSettings settings, WorkStore store) throws IOException {
    UsableModel model =
        UsableModel.open(
            ModelRef.parse(settings.model()),
            settings.identity(),
            settings.limits(),
            store.cacheFolder(),
            store.blocks());
    try {
      ModelIdentity identity = model.identity();
      if (!identity.equals(settings.identity())) {
        throw new NumericsDifferException(settings.identity().digest(), identity.digest());
      }
      return new ShardWorker(settings, store, model);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /**
   * Computes a shard, unless its action is there: a retried worker is given again what it had
   * finished before it was lost.
   *
   * @throws ShardFailedException if it cannot be computed, for a reason that is in the shard
   */
  Outcome compute(ShardTask task) throws IOException {
    Optional<ShardReceipt> known = known(task.getKey());
    if (known.isPresent()) {
      return Outcome.known(known.get());
    }
    List<String> ids = new ArrayList<>();
    try {
      return compute(task, ids);
    } catch (InterruptedIOException
        | StorageException
        | IntegrityException
        | InputChangedException e) {
      throw e; // these name what is wrong, and it is not the shard
    } catch (IOException | RuntimeException e) {
      throw new ShardFailedException(task, ids, e);
    }
  }

  private Optional<ShardReceipt> known(String key) throws IOException {
    Optional<String> action = store.action(ShardReceipt.action(key));
    return action.isEmpty()
        ? Optional.empty()
        : Optional.of(ShardReceipt.fromJson(key, action.get()));
  }

  private Outcome compute(ShardTask task, List<String> ids) throws IOException {
    long start = System.nanoTime();
    try (BlockWriter writer = store.newWriter();
        ShardFiles files = new ShardFiles(new UnixFsWriter(writer, SystemTemp.FOLDER));
        EarlierVectors earlier =
            EarlierVectors.open(store.blocks(), settings, task, model.embedder().dimension());
        AnsweredVectors answered = answered(task);
        ShardRows rows = new ShardRows(settings, files, model.embedder(), earlier, answered)) {
      try (SeekableByteChannel plan = new UnixFs(store.blocks()).open(Cid.parse(task.getPlan()))) {
        plan.position(task.getOffset());
        InputStream bytes = new BufferedInputStream(Channels.newInputStream(plan));
        AddressReader addresses = new AddressReader(bytes);
        List<Address> document = new ArrayList<>();
        for (int i = 0; i < task.getRecords(); i++) {
          Address address = Objects.requireNonNull(addresses.next(), "as many as planned");
          if (!document.isEmpty() && !document.get(0).id().equals(address.id())) {
            embed(document, rows);
            document.clear();
          }
          if (document.isEmpty()) {
            ids.add(address.id());
          }
          document.add(address);
        }
        embed(document, rows);
      }
      rows.finishChunks();
      long embedded = System.nanoTime();
      Written folder = files.finish();
      ShardReceipt receipt = rows.receipt(task.getKey(), folder.cid());
      writer.seal();
      List<Cid> objects = List.of(folder.cid());
      store.keep(ShardReceipt.action(receipt.getKey()), receipt.toJson(), objects);
      if (answered != null) {
        answered.done();
      }
      return new Outcome(
          receipt,
          false,
          folder.tsize(),
          TimeUnit.NANOSECONDS.toMillis(embedded - start),
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - embedded));
    }
  }

  /** What others compute may be dear; what this machine computes is computed again. */
  private @Nullable AnsweredVectors answered(ShardTask task) throws IOException {
    return settings.identity().name().isEmpty()
        ? null
        : AnsweredVectors.open(store.cacheFolder(), task.getKey(), settings.identity().dimension());
  }

  private void embed(List<Address> addresses, ShardRows rows) throws IOException {
    Address address = addresses.get(0);
    try {
      RecordOpener.Opened opened = records.open(addresses);
      Document document = opened.document();
      DocumentChunks chunks =
          DocumentChunks.of(
              document,
              model.tokenizer(),
              settings.identity().prefix(),
              settings.chunks(),
              settings.vectors().titleContext());
      rows.document(opened.row());
      for (SideTable table : settings.source().sideTables()) {
        rows.side(table, document);
      }
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
    model.close();
    store.close();
  }
}
