package dev.cairn.pipelines;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.ActionKey;
import dev.cairn.io.dataset.DataFile;
import dev.cairn.io.dataset.Manifest;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.LocalWriter;
import dev.cairn.io.store.Pin;
import dev.cairn.io.store.tier.Delivery;
import dev.cairn.io.store.tier.Receipt;
import dev.cairn.io.store.tier.StorePolicy;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.io.unixfs.DirEntry;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.io.unixfs.UnixFsWriter;
import dev.cairn.models.ModelIdentity;
import dev.cairn.transforms.embed.ShardReceipt;
import dev.cairn.transforms.index.IndexCommit;
import dev.cairn.transforms.index.IndexShards;
import dev.cairn.transforms.index.IndexTask;
import dev.cairn.transforms.record.SystemTemp;
import dev.cairn.transforms.record.WorkerStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.index.VectorSimilarityFunction;

/**
 * Indexes a dataset: its files of chunks become segments of a Lucene index, by {@link IndexGroups}.
 * What was indexed before is not again. The index is a folder in the store, of the same CID for the
 * same dataset on machines of one kind, and pinned beside it. A run that is killed goes on from its
 * finished groups. For one thread; use it once.
 */
public final class IndexRun {
  private final StorePolicy policy;
  private final Sharing sharing;
  private final Engine engine;
  private final RunListener listener;
  private final RunClock clock;

  /**
   * A run.
   *
   * @param sharing what workers share with the launcher
   * @param name that no other run has
   */
  public IndexRun(
      StorePolicy policy, Sharing sharing, Engine engine, RunListener listener, String name) {
    sharing.check(policy);
    this.policy = policy;
    this.sharing = sharing;
    this.engine = engine;
    this.listener = listener;
    this.clock = new RunClock(name);
  }

  /** By what vectors of a model are compared: where all have norm 1, the product is the cosine. */
  public static VectorSimilarityFunction nearness(ModelIdentity model) {
    return model.normalization().equals("none")
        ? VectorSimilarityFunction.COSINE
        : VectorSimilarityFunction.DOT_PRODUCT;
  }

  /**
   * Runs.
   *
   * @throws TargetNotFoundException if the CID is no dataset with chunks
   * @throws InputFailedException if its vectors are too long for an index
   * @throws IOException if storage cannot be read or written
   */
  public IndexReport run(TieredStore tiers, Cid dataset) throws IOException {
    Manifest manifest = Manifests.readOfVectors(tiers, dataset);
    List<DataFile> chunks = manifest.table(ShardReceipt.CHUNKS);
    ModelIdentity model = ModelIdentity.fromMap(manifest.model());
    if (model.dimension() > IndexShards.MAX_DIMENSION) {
      throw new InputFailedException(
          "Cannot index: "
              + dataset
              + ", vectors of "
              + model.dimension()
              + " floats (at most "
              + IndexShards.MAX_DIMENSION
              + ")");
    }
    VectorSimilarityFunction nearness = nearness(model);
    List<IndexTask> tasks =
        IndexGroups.of(chunks).stream().map(group -> IndexTask.of(group, nearness)).toList();
    KnownSegments known = new KnownSegments(tiers.local());
    List<IndexTask> unknown = known.unknown(tasks);
    listener.note(
        tasks.size() + " groups of shards, " + unknown.size() + " to index (the rest is known)");
    work(tiers, dataset, unknown, model.dimension(), nearness);
    long written = 0;
    for (IndexTask task : unknown) {
      written += known.get(task).bytes();
    }
    Cid index = assemble(tiers.local(), dataset, model.dimension(), nearness, tasks, known);
    Receipt receipt = keep(tiers, dataset, index);
    return new IndexReport(
        index,
        dataset,
        chunks.stream().mapToLong(DataFile::rows).sum(),
        tasks.size(),
        unknown.size(),
        written,
        clock.seconds(),
        receipt);
  }

  private void work(
      TieredStore tiers,
      Cid dataset,
      List<IndexTask> tasks,
      int dimension,
      VectorSimilarityFunction nearness)
      throws IOException {
    if (tasks.isEmpty()) {
      return;
    }
    Map<String, Cid> needed = new TreeMap<>();
    for (IndexTask task : tasks) {
      for (String name : task.getChunks()) {
        Cid file = Cid.parse(name);
        tiers.bring(file);
        needed.put("chunks-" + file, file);
      }
    }
    String name =
        "cairn-index-"
            + RunKey.digits(ActionKey.of("index").part(dataset.toString()).part(policy.home()));
    try (RunFolder folder = RunFolder.make(policy.home(), clock.run(), name)) {
      Workplace workplace = Workplace.of(policy, sharing, tiers, folder);
      WorkerStore workers = workplace.open(needed);
      new KeyedJob<>(engine, listener, tiers.local(), workplace, IndexTask::getKey)
          .run(
              name,
              tasks,
              left -> IndexPipeline.of(IndexShards.of(workers, dimension, nearness), left));
      workplace.done();
    }
  }

  private static Cid assemble(
      LocalStore store,
      Cid dataset,
      int dimension,
      VectorSimilarityFunction nearness,
      List<IndexTask> tasks,
      KnownSegments known)
      throws IOException {
    List<IndexManifest.Group> groups = new ArrayList<>();
    Map<String, DirEntry> files = new TreeMap<>();
    for (IndexTask task : tasks) {
      KnownSegments.Known group = known.get(task);
      groups.add(group.group());
      group.files().forEach(file -> files.put(file.name(), file));
    }
    List<String> segments = groups.stream().flatMap(group -> group.segments().stream()).toList();
    UnixFs read = new UnixFs(store);
    byte[] commit =
        IndexCommit.of(
            segments,
            name -> {
              DirEntry file = files.get(name);
              if (file == null) {
                throw new IOException("Cannot find file of a segment: " + name);
              }
              return read.openStream(file.cid());
            });
    try (LocalWriter writer = store.newWriter()) {
      DatasetTree tree = new DatasetTree(new UnixFsWriter(writer, SystemTemp.FOLDER));
      for (DirEntry file : files.values()) {
        tree.add(IndexManifest.LUCENE + "/" + file.name(), file.cid(), file.tsize());
      }
      tree.add(IndexManifest.LUCENE + "/" + IndexCommit.FILE, commit);
      tree.add(
          IndexManifest.FILE, new IndexManifest(dataset, dimension, nearness, groups).toJson());
      Cid root = tree.finish();
      writer.seal();
      return root;
    }
  }

  private static Receipt keep(TieredStore tiers, Cid dataset, Cid index) throws IOException {
    if (tiers.local().dropped().contains(dataset)) {
      throw new InputFailedException(
          "Cannot keep index: of " + dataset + ", which was let go (a version that is kept)");
    }
    String why = Indexes.why(dataset);
    Delivery delivery = new Delivery(tiers);
    delivery.queue(index, why);
    tiers.local().keep(index);
    tiers.local().pins().put(index, Pin.Kind.PERSISTENT, why);
    return delivery.deliverIfMissing(index, why);
  }
}
