package dev.cairn.transforms.record;

import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.tier.WorkStore;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.io.unixfs.UnixFsWriter;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.HashSet;
import java.util.Set;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

/**
 * Reads each batch's files, but for those that an earlier run read as they are, and keeps, for
 * every record, its address; for every record that cannot be read, a dead letter. Parsing and
 * addressing are one step, because a record's text must not travel between two; and a batch's part
 * is kept as an action at once, so that a killed run finds it again. Output: one {@link PlanPart} a
 * batch.
 */
public final class AddressRecords
    extends PTransform<PCollection<FileBatch>, PCollection<PlanPart>> {
  private static final long serialVersionUID = 1L;

  private final WorkerStore stores;
  private final RecordSource source;
  private final InputRoot root;

  private AddressRecords(WorkerStore stores, RecordSource source, InputRoot root) {
    this.stores = stores;
    this.source = source;
    this.root = root;
  }

  /** Plans the files below {@code root} into that store. */
  public static AddressRecords of(WorkerStore stores, RecordSource source, InputRoot root) {
    return new AddressRecords(stores, source, root);
  }

  @Override
  public PCollection<PlanPart> expand(PCollection<FileBatch> batches) {
    return batches.apply("PlanFiles", ParDo.of(new PlanFilesFn(this)));
  }

  static final class PlanFilesFn extends StoreFn<FileBatch, PlanPart> {
    private static final long serialVersionUID = 1L;

    private final RecordSource source;
    private final InputRoot root;

    PlanFilesFn(AddressRecords spec) {
      super(spec.stores);
      this.source = spec.source;
      this.root = spec.root;
    }

    @ProcessElement
    public void plan(@Element FileBatch batch, OutputReceiver<PlanPart> out) throws IOException {
      WorkStore work = store();
      RecordFiles files = new RecordFiles(work, root);
      FilePlanner planner = new FilePlanner(source, files);
      try (SeekableByteChannel listing =
              new UnixFs(work.blocks()).open(Cid.parse(batch.getListing()));
          BlockWriter writer = work.newWriter();
          PlanPartWriter part = new PlanPartWriter(new UnixFsWriter(writer, SystemTemp.FOLDER))) {
        listing.position(batch.getOffset());
        InputStream bytes = new BufferedInputStream(Channels.newInputStream(listing));
        DataInputStream in = new DataInputStream(bytes);
        EarlierPlans earlier = EarlierPlans.of(work, batch.getEarlier());
        Set<String> known = new HashSet<>();
        for (int i = 0; i < batch.getFiles(); i++) {
          InputFile file = InputFile.read(in);
          part.listed(file);
          if (earlier.has(file)) {
            known.add(file.path());
          } else {
            planner.plan(file, part);
          }
        }
        earlier.copy(known, part);
        PlanPart result = part.finish(batch.getKey());
        writer.seal();
        work.keep(PlanPart.action(result.getKey()), result.toJson(), result.objects());
        out.output(result);
      }
    }
  }
}
