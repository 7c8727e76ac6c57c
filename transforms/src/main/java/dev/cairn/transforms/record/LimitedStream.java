package dev.cairn.transforms.record;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Ends what a packed file unpacks to where it is far more than text is; see {@link PlainStream}.
 */
final class LimitedStream extends FilterOutputStream {
  private final long limit;
  private long count;

  /** Passes on what a file of {@code packedBytes} may unpack to. */
  LimitedStream(OutputStream out, long packedBytes) {
    super(out);
    this.limit = PlainStream.limit(packedBytes);
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    count += length;
    if (count > limit) {
      throw new PlainStream.BombException(limit);
    }
    out.write(bytes, offset, length);
  }
}
