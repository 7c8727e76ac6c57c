package dev.cairn.transforms.record;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.format.ForwardingChannel;
import dev.cairn.io.unixfs.FileWriter;
import dev.cairn.io.unixfs.UnixFsWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/**
 * A local file that is hashed while it is read, so that what was read is what the input root's CID
 * promises. Bytes count when they are first passed; reading some again costs nothing.
 */
final class HashingChannel extends ForwardingChannel {
  private final InputFile expected;
  private final FileWriter hash;
  private long hashed;

  HashingChannel(SeekableByteChannel file, InputFile expected, UnixFsWriter hasher) {
    super(file);
    this.expected = expected;
    this.hash = hasher.file();
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    long from = position();
    int start = into.position();
    int count = super.read(into);
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
    position(hashed);
    while (read(buffer) >= 0) {
      buffer.clear();
    }
    Cid found = hash.finish().cid();
    if (!found.equals(expected.cid())) {
      throw new InputChangedException(expected.path(), expected.cid() + ", now " + found);
    }
  }
}
