package dev.cairn.io.format;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;

/** Remembers a source's own failure, which a library reports like bytes that it cannot read. */
final class OwnFailures {
  private @Nullable IOException first;

  /** The source's first failure, null if it had none. */
  @Nullable IOException first() {
    return first;
  }

  private IOException noted(IOException failure) {
    first = first == null ? failure : first;
    return failure;
  }

  InputStream of(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read() throws IOException {
        try {
          return in.read();
        } catch (IOException e) {
          throw noted(e);
        }
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
          return in.read(bytes, offset, length);
        } catch (IOException e) {
          throw noted(e);
        }
      }
    };
  }

  SeekableByteChannel of(SeekableByteChannel channel) {
    return new ForwardingChannel(channel) {
      @Override
      public int read(ByteBuffer into) throws IOException {
        try {
          return super.read(into);
        } catch (IOException e) {
          throw noted(e);
        }
      }
    };
  }
}
