package dev.cairn.transforms.record;

import dev.cairn.io.format.ForwardingChannel;
import java.nio.channels.SeekableByteChannel;

/** A channel for a reader that closes it, where its owner still reads it to the end. */
class KeptOpen extends ForwardingChannel {
  KeptOpen(SeekableByteChannel channel) {
    super(channel);
  }

  @Override
  public void close() {
    // The owner's.
  }
}
