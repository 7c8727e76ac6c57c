package dev.cairn.io.format;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/**
 * A caller's stream as Parquet's output file, with a footer that depends on the rows alone.
 *
 * <p>parquet-java 1.18.1 lists the encodings of a column chunk in the order of a hash set of enums,
 * that is by their identity hash, which is another in each JVM. So the file's tail is held back and
 * its footer written again with those lists in order.
 */
final class StableOutput extends PositionOutputStream implements OutputFile {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  private final OutputStream target;
  private final ByteArrayOutputStream tail = new ByteArrayOutputStream();
  private boolean holding;
  private long position;

  StableOutput(OutputStream target) {
    this.target = target;
  }

  /** From here on nothing reaches the target before {@link #release}. */
  void hold() {
    holding = true;
  }

  /** Writes what was held, with its footer put in order. */
  void release() throws IOException {
    byte[] held = tail.toByteArray();
    int lengthAt = held.length - MAGIC.length - Integer.BYTES;
    int length = ByteBuffer.wrap(held).order(ByteOrder.LITTLE_ENDIAN).getInt(lengthAt);
    FileMetaData footer;
    try (InputStream in = new ByteArrayInputStream(held, lengthAt - length, length)) {
      footer = Util.readFileMetaData(in);
    }
    for (RowGroup group : footer.getRow_groups()) {
      for (ColumnChunk chunk : group.getColumns()) {
        chunk.getMeta_data().getEncodings().sort(Comparator.comparingInt(Encoding::getValue));
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(length);
    Util.writeFileMetaData(footer, out);
    ByteBuffer end = ByteBuffer.allocate(Integer.BYTES + MAGIC.length);
    end.order(ByteOrder.LITTLE_ENDIAN).putInt(out.size()).put(MAGIC);
    target.write(held, 0, lengthAt - length);
    out.writeTo(target);
    target.write(end.array());
    target.flush();
  }

  @Override
  public long getPos() {
    return position;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    (holding ? tail : target).write(bytes, offset, length);
    position += length;
  }

  @Override
  public void flush() {
    // The target is flushed once, by release().
  }

  @Override
  public void close() {
    // The target is the caller's to close.
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
