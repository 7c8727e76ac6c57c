package dev.cairn.runners.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import org.jspecify.annotations.Nullable;

/**
 * Standard output, not buffered, which tells its own failures from all others. It is written
 * through its channel: the plain stream allocates memory for every write of more than 8 KiB.
 */
final class ResultStream extends OutputStream {
  private final OutputStream out =
      Channels.newOutputStream(new FileOutputStream(FileDescriptor.out).getChannel());
  private @Nullable ResultException failure;

  /** Why it could not be written, for who writes through a writer that keeps silent. */
  @Nullable ResultException failure() {
    return failure;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      failure = new ResultException(e);
      throw failure;
    }
  }

  /** Leaves standard output open: others write to it too. */
  @Override
  public void close() {}
}
