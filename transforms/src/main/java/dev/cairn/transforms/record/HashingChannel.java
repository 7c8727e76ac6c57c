package dev.cairn.transforms.record;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.unixfs.FileWriter;
import dev.cairn.io.unixfs.UnixFsWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/**
 * A local file that is hashed while it is read, so that what was read is what the input root's CID
 * promises. Bytes count when they are first passed; reading some again costs nothing.
 */
final class HashingChannel implements SeekableByteChannel {
  private final SeekableByteChannel file;
  private final InputFile expected;
  private final FileWriter hash;
  private long hashed;

  HashingChannel(SeekableByteChannel file, InputFile expected, UnixFsWriter hasher) {
    this.file = file;
    this.expected = expected;
    this.hash = hasher.file();
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    long from = file.position();
    int start = into.position();
    int count = file.read(into);
    long skip = hashed - from;
    if (count > 0 && skip >= 0 && skip < count) {
      ByteBuffer fresh = into.duplicate().position(start + (int) skip).limit(into.position());
      byte[] bytes = new byte[fresh.remaining()];
      fresh.get(bytes);
      hash.write(bytes, 0, bytes.length);
      hashed = from + count;
    }
    return count;
  }

  /**
   * Reads what is left and compares.
   *
   * @throws InputChangedException if the file is not the one that was listed
   */
  void finish() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    file.position(hashed);
    while (read(buffer) >= 0) {
      buffer.clear();
    }
    Cid found = hash.finish().cid();
    if (!found.equals(expected.cid())) {
      throw new InputChangedException(expected.path(), expected.cid() + ", now " + found);
    }
  }

  @Override
  public long position() throws IOException {
    return file.position();
  }

  @Override
  public SeekableByteChannel position(long position) throws IOException {
    file.position(position);
    return this;
  }

  @Override
  public long size() throws IOException {
    return file.size();
  }

  @Override
  public boolean isOpen() {
    return file.isOpen();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  @Override
  public int write(ByteBuffer from) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }
}
