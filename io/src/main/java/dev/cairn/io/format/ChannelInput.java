package dev.cairn.io.format;

import dev.cairn.io.cid.MalformedContentException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A channel as Parquet's input file. Closing the stream closes the channel. Remembers a failure of
 * the channel, because the library reports bad bytes and a failing disk alike.
 */
final class ChannelInput extends SeekableInputStream implements InputFile {
  private final SeekableByteChannel channel;
  private @Nullable IOException failure;

  ChannelInput(SeekableByteChannel channel) {
    this.channel = channel;
  }

  /** What the channel last failed with, or null. */
  @Nullable IOException failure() {
    return failure;
  }

  @Override
  public long getLength() throws IOException {
    return channel.size();
  }

  @Override
  public SeekableInputStream newStream() {
    return this;
  }

  @Override
  public long getPos() throws IOException {
    return channel.position();
  }

  @Override
  public void seek(long position) throws IOException {
    channel.position(position);
  }

  @Override
  public int read() throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    return read(one) < 0 ? -1 : one.get(0) & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return length == 0 ? 0 : read(ByteBuffer.wrap(bytes, offset, length));
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    int read = 0;
    while (read == 0 && target.hasRemaining()) {
      try {
        read = channel.read(target);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }
    return read;
  }

  @Override
  public void readFully(byte[] bytes) throws IOException {
    readFully(ByteBuffer.wrap(bytes));
  }

  @Override
  public void readFully(byte[] bytes, int offset, int length) throws IOException {
    readFully(ByteBuffer.wrap(bytes, offset, length));
  }

  @Override
  public void readFully(ByteBuffer target) throws IOException {
    while (target.hasRemaining()) {
      if (read(target) < 0) {
        throw new MalformedContentException(
            "Cannot read table: " + target.remaining() + " bytes short (whole)");
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
