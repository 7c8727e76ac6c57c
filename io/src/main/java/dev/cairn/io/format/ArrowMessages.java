package dev.cairn.io.format;

import dev.cairn.io.cid.MalformedContentException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.message.MessageChannelReader;
import org.apache.arrow.vector.ipc.message.MessageResult;
import org.jspecify.annotations.Nullable;

/**
 * The messages of an Arrow stream. Arrow's own reader allocates a message of whatever length the
 * stream states, and takes a stream that was cut between two messages for whole: here a length is
 * checked first, and the end has to be marked.
 */
final class ArrowMessages extends MessageChannelReader {
  /** Bytes of a message without its body at most: those of a schema of thousands of columns. */
  private static final int MAX_MESSAGE_BYTES = 64 << 20;

  private static final int CONTINUATION = -1;

  private final Prefixed bytes;

  private ArrowMessages(Prefixed bytes, BufferAllocator memory) {
    super(new ReadChannel(bytes), memory);
    this.bytes = bytes;
  }

  static ArrowMessages of(InputStream in, BufferAllocator memory) {
    return new ArrowMessages(new Prefixed(in), memory);
  }

  @Override
  public @Nullable MessageResult readNext() throws IOException {
    bytes.checkPrefix();
    return super.readNext();
  }

  /** A stream that is looked at where a message begins. */
  private static final class Prefixed implements ReadableByteChannel {
    private final InputStream in;
    private ByteBuffer seen = ByteBuffer.allocate(0);

    Prefixed(InputStream in) {
      this.in = in;
    }

    void checkPrefix() throws IOException {
      byte[] first = in.readNBytes(Integer.BYTES);
      byte[] second = new byte[0];
      int length = number(first);
      if (length == CONTINUATION) {
        second = in.readNBytes(Integer.BYTES);
        length = number(second);
      }
      if (length < 0 || length > MAX_MESSAGE_BYTES) {
        throw new MalformedContentException(
            "Cannot read table: a message of "
                + length
                + " bytes (Arrow, at most "
                + MAX_MESSAGE_BYTES
                + ")");
      }
      seen = ByteBuffer.allocate(first.length + second.length).put(first).put(second).flip();
    }

    private static int number(byte[] bytes) throws MalformedContentException {
      if (bytes.length < Integer.BYTES) {
        throw new MalformedContentException("Cannot read table: cut off (Arrow, with its end)");
      }
      return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      if (seen.hasRemaining()) {
        int count = Math.min(seen.remaining(), into.remaining());
        for (int i = 0; i < count; i++) {
          into.put(seen.get());
        }
        return count;
      }
      byte[] chunk = new byte[Math.min(into.remaining(), 1 << 16)];
      int count = in.read(chunk);
      if (count > 0) {
        into.put(chunk, 0, count);
      }
      return count;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
