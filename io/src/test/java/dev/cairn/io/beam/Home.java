package dev.cairn.io.beam;

import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Commit;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.tier.StoreSettings;
import dev.cairn.io.unixfs.AddOptions;
import dev.cairn.io.unixfs.FolderAdd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** A store below a test's folder, and pipelines on the Direct runner that read and write it. */
record Home(Path folder) {

  Pipeline pipeline() {
    return Pipeline.create(options());
  }

  /** Strict, as Beam's defaults are: elements may not change, and every one is encoded. */
  DirectOptions options() {
    DirectOptions options = PipelineOptionsFactory.create().as(DirectOptions.class);
    options.setRunner(DirectRunner.class);
    options.setTargetParallelism(2);
    options.as(IpfsOptions.class).setCairnHome(folder.toString());
    options.as(IpfsOptions.class).setCairnStore(StoreSettings.Choice.LOCAL);
    return options;
  }

  LocalStore open() throws IOException {
    return LocalStore.open(folder);
  }

  /** Adds a file or folder of this machine. */
  Cid add(Path path) throws IOException {
    try (LocalStore store = open();
        BlockWriter writer = store.newWriter()) {
      Cid cid = new FolderAdd(writer, Folders.TEMP, AddOptions.standard()).add(path).cid();
      writer.seal();
      return cid;
    }
  }

  /** Adds a folder of files whose content is their path. */
  Cid add(Collection<String> paths) throws IOException {
    try (LocalStore store = open();
        BlockWriter writer = store.newWriter()) {
      Cid cid = Folders.write(writer, paths);
      writer.seal();
      return cid;
    }
  }

  /** Moves a ref to a commit of {@code dataset}. */
  void commit(String ref, Cid dataset) throws IOException {
    try (LocalStore store = open();
        BlockWriter writer = store.newWriter()) {
      var current = store.refs().current(ref);
      Cid parent = current == null ? null : current.commit();
      Commit commit = Commit.of(dataset, parent, Instant.EPOCH, "test", Map.of());
      writer.put(commit.toBlock());
      writer.seal();
      store.refs().move(ref, parent, commit.toBlock().cid());
    }
  }

  /** Damages what is in the middle of the only pack. */
  void flipABit() throws IOException {
    try (Stream<Path> packs = Files.list(folder.resolve("packs"))) {
      Path pack = packs.findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(pack);
      bytes[bytes.length / 2] ^= 1;
      Files.write(pack, bytes);
    }
  }
}
