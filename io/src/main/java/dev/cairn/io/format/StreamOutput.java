package dev.cairn.io.format;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** A caller's stream as Parquet's output file: no folder, no block size, so no padding. */
final class StreamOutput extends PositionOutputStream implements OutputFile {
  private final OutputStream target;
  private long position;

  StreamOutput(OutputStream target) {
    this.target = target;
  }

  @Override
  public long getPos() {
    return position;
  }

  @Override
  public void write(int b) throws IOException {
    target.write(b);
    position++;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    target.write(bytes, offset, length);
    position += length;
  }

  @Override
  public void flush() throws IOException {
    target.flush();
  }

  /** The target is the caller's to close. */
  @Override
  public void close() throws IOException {
    target.flush();
  }

  @Override
  public PositionOutputStream create(long blockSizeHint) {
    return this;
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSizeHint) {
    return this;
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return 0;
  }
}
