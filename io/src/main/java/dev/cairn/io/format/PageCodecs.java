package dev.cairn.io.format;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/**
 * Zstandard by zstd-jni, Snappy by snappy-java and gzip by the JDK, for reading; Zstandard alone
 * for writing. None of Hadoop's codecs, which look for natives and settings.
 */
final class PageCodecs implements CompressionCodecFactory {
  /** Bytes of a page at most: a page holds at least one value, and a text may be 100 MB. */
  static final int MAX_PAGE_BYTES = 512 << 20;

  /** The library's own default. Part of a file's bytes. */
  static final int LEVEL = 3;

  /** The largest array that every JVM gives. */
  private static final long MAX_ARRAY_BYTES = Integer.MAX_VALUE - 8;

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    if (codec != CompressionCodecName.ZSTD) {
      throw new IllegalArgumentException("Cannot write codec: " + codec + " (ZSTD)");
    }
    return new Compressor(LEVEL);
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    return switch (codec) {
      case ZSTD -> new Unpacking(PageCodecs::zstd);
      case SNAPPY -> new Unpacking(PageCodecs::snappy);
      case GZIP -> new Unpacking(PageCodecs::gzip);
      case UNCOMPRESSED -> new Plain();
      default ->
          throw new IllegalArgumentException(
              "Cannot read codec: " + codec + " (ZSTD, SNAPPY, GZIP or UNCOMPRESSED)");
    };
  }

  @Override
  public void release() {
    // Contexts are released one by one by whoever asked for them.
  }

  /** One context, used again for each page: setting one up costs more than a small page. */
  static final class Compressor implements BytesInputCompressor {
    private final ZstdCompressCtx context = new ZstdCompressCtx();

    Compressor(int level) {
      context.setLevel(level);
    }

    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
      ByteBuffer plain = heap(bytes);
      int room = (int) Math.min(MAX_ARRAY_BYTES, Zstd.compressBound(plain.remaining()));
      byte[] out = new byte[room];
      try {
        int length =
            context.compressByteArray(
                out,
                0,
                room,
                plain.array(),
                plain.arrayOffset() + plain.position(),
                plain.remaining());
        return BytesInput.from(out, 0, length);
      } catch (ZstdException e) {
        throw new IOException("Cannot compress page: " + plain.remaining() + " bytes (zstd)", e);
      }
    }

    @Override
    public CompressionCodecName getCodecName() {
      return CompressionCodecName.ZSTD;
    }

    @Override
    public void release() {
      context.close();
    }
  }

  /** Fills {@code out} from packed bytes; tells how many there were. */
  private interface Codec {
    long unpack(byte[] packed, int from, int length, byte[] out) throws IOException;
  }

  private static long zstd(byte[] packed, int from, int length, byte[] out) throws IOException {
    try {
      return Zstd.decompressByteArray(out, 0, out.length, packed, from, length);
    } catch (ZstdException e) {
      throw new IOException("Cannot decompress page: " + length + " bytes (zstd)", e);
    }
  }

  private static long snappy(byte[] packed, int from, int length, byte[] out) throws IOException {
    checkLength(Snappy.uncompressedLength(packed, from, length), out.length);
    return Snappy.uncompress(packed, from, length, out, 0);
  }

  private static long gzip(byte[] packed, int from, int length, byte[] out) throws IOException {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed, from, length))) {
      int count = in.readNBytes(out, 0, out.length);
      return in.read() < 0 ? count : out.length + 1L;
    }
  }

  private record Unpacking(Codec codec) implements BytesInputDecompressor {
    @Override
    public BytesInput decompress(BytesInput bytes, int plainBytes) throws IOException {
      checkPage(plainBytes);
      ByteBuffer packed = heap(bytes);
      byte[] out = new byte[plainBytes];
      int from = packed.arrayOffset() + packed.position();
      checkLength(codec.unpack(packed.array(), from, packed.remaining(), out), plainBytes);
      return BytesInput.from(out);
    }

    @Override
    public void decompress(ByteBuffer input, int packedBytes, ByteBuffer output, int plainBytes)
        throws IOException {
      byte[] packed = new byte[packedBytes];
      input.get(packed);
      output.put(heap(decompress(BytesInput.from(packed), plainBytes)));
    }

    @Override
    public void release() {
      // Holds nothing between pages.
    }
  }

  private static final class Plain implements BytesInputDecompressor {
    @Override
    public BytesInput decompress(BytesInput bytes, int plainBytes) throws IOException {
      checkPage(plainBytes);
      checkLength(bytes.size(), plainBytes);
      return bytes;
    }

    @Override
    public void decompress(ByteBuffer input, int packedBytes, ByteBuffer output, int plainBytes)
        throws IOException {
      checkLength(packedBytes, plainBytes);
      byte[] bytes = new byte[packedBytes];
      input.get(bytes);
      output.put(bytes);
    }

    @Override
    public void release() {
      // Holds nothing between pages.
    }
  }

  /** The bytes in a heap array, without a copy where they are in one already. */
  private static ByteBuffer heap(BytesInput bytes) {
    return bytes.toByteBuffer(new HeapByteBufferAllocator(), copied -> {});
  }

  private static void checkPage(int plainBytes) throws IOException {
    if (plainBytes < 0 || plainBytes > MAX_PAGE_BYTES) {
      throw new IOException(
          "Cannot read page: " + plainBytes + " bytes (at most " + MAX_PAGE_BYTES + ")");
    }
  }

  private static void checkLength(long length, int plainBytes) throws IOException {
    if (length != plainBytes) {
      throw new IOException(
          "Cannot read page: " + length + " bytes (" + plainBytes + " by its header)");
    }
  }
}
