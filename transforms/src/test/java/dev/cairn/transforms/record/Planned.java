package dev.cairn.transforms.record;

import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Address;
import dev.cairn.io.dataset.AddressReader;
import dev.cairn.io.dataset.DeadLetter;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.tier.StorePolicy;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.io.unixfs.AddOptions;
import dev.cairn.io.unixfs.FileWriter;
import dev.cairn.io.unixfs.FolderAdd;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.io.unixfs.UnixFsWriter;
import dev.cairn.transforms.caselaw.CaselawSource;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.schemas.NoSuchSchemaException;

/** A folder planned on the Direct runner, which checks that no step changes what it was given. */
record Planned(PlanPart part, List<Address> addresses, List<DeadLetter> letters) {
  static final String KEY = "b".repeat(64);

  /** The files of a folder, in order of path, each hashed. */
  static List<InputFile> list(Path folder) throws IOException {
    TreeMap<String, InputFile> files = new TreeMap<>();
    AddOptions options =
        AddOptions.standard()
            .withListener(
                (path, file) -> files.put(path, new InputFile(path, file.cid(), file.size())));
    new FolderAdd(BlockWriter.discarding(), SystemTemp.FOLDER, options).add(folder);
    return new ArrayList<>(files.values());
  }

  static Planned of(Path folder, List<InputFile> files, StorePolicy policy) throws Exception {
    return of(folder, files, policy, KEY, List.of());
  }

  /** Plans a batch of a key, which may take from earlier ones. */
  static Planned of(
      Path folder, List<InputFile> files, StorePolicy policy, String key, List<String> earlier)
      throws Exception {
    try (TieredStore store = policy.open()) {
      FileBatch batch = batch(store.local(), files, key, earlier);
      run(policy, InputRoot.folder(folder), List.of(batch));
      Optional<String> action = store.local().actions().get(PlanPart.action(key));
      return read(store.local(), PlanPart.fromJson(key, action.orElseThrow()));
    }
  }

  private static FileBatch batch(
      LocalStore store, List<InputFile> files, String key, List<String> earlier)
      throws IOException {
    ByteArrayOutputStream listing = new ByteArrayOutputStream();
    for (InputFile file : files) {
      file.write(new DataOutputStream(listing));
    }
    try (BlockWriter writer = store.newWriter()) {
      FileWriter file = new UnixFsWriter(writer, SystemTemp.FOLDER).file();
      file.write(listing.toByteArray());
      Cid cid = file.finish().cid();
      writer.seal();
      return FileBatch.of(key, cid.toString(), 0, files.size(), 1, "", earlier);
    }
  }

  private static void run(StorePolicy policy, InputRoot root, List<FileBatch> batches)
      throws NoSuchSchemaException {
    DirectOptions options = PipelineOptionsFactory.create().as(DirectOptions.class);
    options.setRunner(DirectRunner.class);
    options.setEnforceImmutability(true);
    options.setEnforceEncodability(true);
    Pipeline pipeline = Pipeline.create(options);
    var coder = pipeline.getSchemaRegistry().getSchemaCoder(FileBatch.class);
    pipeline
        .apply("ReadFiles", Read.from(Tasks.of(batches, coder, FileBatch::getBytes)))
        .apply(
            "AddressRecords",
            AddressRecords.of(WorkerStore.here(policy), new CaselawSource(), root));
    pipeline.run().waitUntilFinish();
  }

  private static Planned read(LocalStore store, PlanPart part) throws IOException {
    List<Address> addresses = new ArrayList<>();
    for (String run : part.getRuns()) {
      try (AddressReader reader = new AddressReader(new UnixFs(store).openStream(Cid.parse(run)))) {
        for (Address next = reader.next(); next != null; next = reader.next()) {
          addresses.add(next);
        }
      }
    }
    List<DeadLetter> letters =
        part.getDeadLetters().isEmpty()
            ? List.of()
            : DeadLetterLines.read(new UnixFs(store).openStream(Cid.parse(part.getDeadLetters())));
    return new Planned(part, addresses, letters);
  }
}
