package dev.cairn.transforms.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;

/** A channel that remembers its own failures, for a reader that reports bad bytes the same way. */
final class WatchedChannel extends KeptOpen {
  private @Nullable IOException failure;

  WatchedChannel(SeekableByteChannel channel) {
    super(channel);
  }

  /** What reading failed of; null if it did not. */
  @Nullable IOException failure() {
    return failure;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    try {
      return super.read(into);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }
}
