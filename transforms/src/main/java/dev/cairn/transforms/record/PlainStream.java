package dev.cairn.transforms.record;

import dev.cairn.transforms.record.FileKind.Packing;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.Locale;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file that may be packed as a whole. It tells failures of reading from bytes that
 * are not what they should be, and ends what unpacks to far more than text does: a bomb. Closing
 * does not close the channel, which is read on to its end by whoever hashes it.
 */
final class PlainStream extends InputStream {
  private static final int BUFFER_BYTES = 1 << 16;

  /** Bytes that anything may unpack to. */
  static final long ALWAYS_ALLOWED = 256L << 20;

  /** How many times its packed bytes a file may unpack to: text takes 3 to 30. */
  static final long MAX_RATIO = 200;

  private final Source source;
  private final InputStream in;
  private final Packing packing;
  private final long limit;
  private long count;
  private @Nullable IOException failure;

  private PlainStream(Source source, InputStream in, Packing packing, long packedBytes) {
    this.source = source;
    this.in = in;
    this.packing = packing;
    this.limit = limit(packedBytes);
  }

  /** Bytes that a file of {@code packedBytes} may unpack to. */
  static long limit(long packedBytes) {
    return Math.max(ALWAYS_ALLOWED, MAX_RATIO * packedBytes);
  }

  static PlainStream of(SeekableByteChannel channel, long packedBytes, Packing packing)
      throws IOException, BadRecordException {
    Source source = new Source(Channels.newInputStream(channel));
    InputStream buffered = new BufferedInputStream(source, BUFFER_BYTES);
    try {
      InputStream in =
          switch (packing) {
            case NONE -> buffered;
            // The JDK's own ends silently at a member whose header is damaged.
            case GZIP ->
                GzipCompressorInputStream.builder()
                    .setInputStream(buffered)
                    .setDecompressConcatenated(true)
                    .get();
            case BZIP2 -> new BZip2CompressorInputStream(buffered, true);
          };
      return new PlainStream(
          source, in, packing, packing == Packing.NONE ? Long.MAX_VALUE / MAX_RATIO : packedBytes);
    } catch (IOException e) {
      throw judge(source, packing, e);
    }
  }

  /** Copies all that is left. */
  void copyTo(OutputStream out) throws IOException, BadRecordException {
    byte[] buffer = new byte[BUFFER_BYTES];
    while (true) {
      int read;
      try {
        read = read(buffer, 0, buffer.length);
      } catch (IOException e) {
        throw judge(e);
      }
      if (read < 0) {
        return;
      }
      out.write(buffer, 0, read);
    }
  }

  /**
   * What a failure means: the source's own is given back as it is, anything else is a bad file.
   *
   * @throws IOException the source's failure
   */
  BadRecordException judge(IOException e) throws IOException {
    rethrowIfSpent();
    return judge(source, packing, e);
  }

  /** Why no more can be unpacked; null if it can. */
  @Nullable IOException failure() {
    return failure;
  }

  /** Ends what would unpack to too much, and the source's own failures, as what they are. */
  void rethrowIfSpent() throws IOException {
    if (source.failure != null) {
      throw source.failure;
    }
  }

  private static BadRecordException judge(Source source, Packing packing, IOException e)
      throws IOException {
    if (source.failure != null) {
      throw source.failure;
    }
    if (e instanceof BombException) {
      return new BadRecordException("unpacks_too_large", String.valueOf(e.getMessage()), e);
    }
    String name = packing.name().toLowerCase(Locale.ROOT);
    return new BadRecordException("invalid_" + name, "not a whole " + name + " file", e);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      int read = in.read(bytes, offset, length);
      count += Math.max(0, read);
      if (count > limit) {
        throw new BombException(limit);
      }
      return read;
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  /** More came out than text of this size could be packed into. */
  static final class BombException extends IOException {
    private static final long serialVersionUID = 1L;

    BombException(long limit) {
      super("more than " + limit + " bytes unpacked (at most " + MAX_RATIO + " times the file)");
    }
  }

  /** Remembers failures of reading. */
  private static final class Source extends FilterInputStream {
    private @Nullable IOException failure;

    Source(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        return in.read(bytes, offset, length);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }
  }
}
