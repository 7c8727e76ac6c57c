package dev.cairn.transforms.record;

import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Address;
import dev.cairn.io.format.JsonRecords;
import dev.cairn.io.store.tier.WorkStore;
import dev.cairn.io.unixfs.FileWriter;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.io.unixfs.UnixFsWriter;
import dev.cairn.io.unixfs.Written;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Opens the files of an input, local or in the store, and records at their addresses. */
final class RecordFiles {
  /** Bytes a gzip file may unpack to: beyond it, it is taken for a bomb. */
  static final long MAX_UNPACKED_BYTES = 1L << 40;

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
      return openStored(file);
    }
    return new HashingChannel(openLocal(local.get(), file.path()), file, hasher());
  }

  /** A channel over a file whose bytes are in the store. */
  SeekableByteChannel openStored(InputFile file) throws IOException {
    return new UnixFs(store.blocks()).open(file.cid());
  }

  /**
   * The bytes of one record, not yet verified where they are local: the caller compares digests.
   */
  byte[] read(Address address) throws IOException {
    Optional<Path> local = address.unpacked() ? Optional.empty() : root.locate(address.path());
    try (SeekableByteChannel channel =
        local.isEmpty()
            ? new UnixFs(store.blocks()).open(address.file())
            : openLocal(local.get(), address.path())) {
      return JsonRecords.read(channel, address.offset(), Math.toIntExact(address.length()));
    } catch (EOFException e) {
      throw new InputChangedException(address.path(), "longer");
    }
  }

  /**
   * Unpacks a gzip file into the store, as cache: a record then has a place.
   *
   * @return the unpacked file
   */
  Written unpack(InputFile file) throws IOException, BadRecordException {
    try (SeekableByteChannel packed = open(file);
        BlockWriter writer = store.newWriter()) {
      FileWriter out = new UnixFsWriter(writer, SystemTemp.FOLDER).file();
      copyUnpacked(packed, out);
      if (packed instanceof HashingChannel hashing) {
        hashing.finish();
      }
      Written unpacked = out.finish();
      writer.seal();
      return unpacked;
    }
  }

  private static void copyUnpacked(SeekableByteChannel packed, FileWriter out)
      throws IOException, BadRecordException {
    byte[] buffer = new byte[1 << 16];
    long size = 0;
    PackedStream source = new PackedStream(Channels.newInputStream(packed));
    try {
      // Not closed: the channel is the caller's, who reads on to its end. (The JDK's own stream
      // ends
      // silently at a member whose header is damaged, whatever stands behind it.)
      InputStream in =
          GzipCompressorInputStream.builder()
              .setInputStream(new BufferedInputStream(source, buffer.length))
              .setDecompressConcatenated(true)
              .get();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        size += n;
        if (size > MAX_UNPACKED_BYTES) {
          throw new BadRecordException(
              "invalid_gzip", "more than " + MAX_UNPACKED_BYTES + " bytes unpacked (at most)");
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      if (source.failed()) {
        throw e;
      }
      throw new BadRecordException("invalid_gzip", "not a whole gzip file (RFC 1952)", e);
    }
  }

  /** Tells failures of reading from those of unpacking. */
  private static final class PackedStream extends FilterInputStream {
    private boolean failed;

    PackedStream(InputStream in) {
      super(in);
    }

    boolean failed() {
      return failed;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        return in.read(bytes, offset, length);
      } catch (IOException e) {
        failed = true;
        throw e;
      }
    }
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
