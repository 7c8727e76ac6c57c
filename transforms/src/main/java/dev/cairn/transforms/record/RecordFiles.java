package dev.cairn.transforms.record;

import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Address;
import dev.cairn.io.format.JsonRecords;
import dev.cairn.io.store.tier.WorkStore;
import dev.cairn.io.unixfs.FileWriter;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.io.unixfs.UnixFsWriter;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Opens the files of an input, local or in the store, and records at their addresses. */
final class RecordFiles {
  private final WorkStore store;
  private final InputRoot root;

  RecordFiles(WorkStore store, InputRoot root) {
    this.store = store;
    this.root = root;
  }

  /** A channel that is verified: by the store's blocks, or by hashing what is read. */
  SeekableByteChannel open(InputFile file) throws IOException {
    Optional<Path> local = root.locate(file.path());
    if (local.isEmpty()) {
      return openStored(file.cid());
    }
    return new HashingChannel(openLocal(local.get(), file.path()), file, hasher());
  }

  /** A channel over a file whose bytes are in the store. */
  SeekableByteChannel openStored(Cid file) throws IOException {
    return new UnixFs(store.blocks()).open(file);
  }

  /**
   * The bytes of one record, not yet verified where they are local: the caller compares digests.
   */
  byte[] read(Address address) throws IOException {
    Optional<Path> local = address.unpacked() ? Optional.empty() : root.locate(address.path());
    try (SeekableByteChannel channel =
        local.isEmpty() ? openStored(address.file()) : openLocal(local.get(), address.path())) {
      return JsonRecords.read(channel, address.offset(), Math.toIntExact(address.length()));
    } catch (EOFException e) {
      throw new InputChangedException(address.path(), "longer");
    }
  }

  /** A new batch of writes to the store. */
  BlockWriter newWriter() throws IOException {
    return store.newWriter();
  }

  /** The CID that bytes have as a file. */
  Cid cidOf(byte[] bytes) throws IOException {
    FileWriter file = hasher().file();
    file.write(bytes, 0, bytes.length);
    return file.finish().cid();
  }

  private UnixFsWriter hasher() {
    return new UnixFsWriter(BlockWriter.discarding(), SystemTemp.FOLDER);
  }

  private static SeekableByteChannel openLocal(Path file, String path) throws IOException {
    try {
      return Files.newByteChannel(file);
    } catch (NoSuchFileException e) {
      throw new InputChangedException(path, "there");
    }
  }
}
