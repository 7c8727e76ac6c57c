package dev.cairn.transforms.embed;

import dev.cairn.io.cid.Multihash;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint has answered for a shard that is not whole yet, kept on this machine as it
 * comes: a run that is killed and run again asks for no vector twice. Gone once the shard is in the
 * store.
 *
 * <p>A record is the digest of a {@link VectorKey}, the floats (big-endian) and the first 8 bytes
 * of the SHA-256 of both; what was not written whole is passed over. Writing is safe for use by
 * several threads and, on a local file system, processes.
 */
public final class AnsweredVectors implements Closeable {
  /** Below a cache folder. */
  private static final String FOLDER = "answers";

  private static final int CHECK_BYTES = 8;

  /** Bytes of a file that are read back at most; what is beyond is asked again. */
  private static final long MAX_BYTES = 1L << 30;

  private final Path file;
  private final int dimension;
  private final Map<ByteBuffer, float[]> known = new HashMap<>();
  private final FileChannel out;

  private AnsweredVectors(Path file, int dimension, FileChannel out) {
    this.file = file;
    this.dimension = dimension;
    this.out = out;
  }

  /**
   * Opens a shard's, with what is there.
   *
   * @param shard key of the shard, which is also that of the model
   */
  static AnsweredVectors open(Path cacheFolder, String shard, int dimension) throws IOException {
    Path file = Files.createDirectories(cacheFolder.resolve(FOLDER)).resolve(shard);
    FileChannel out =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    AnsweredVectors vectors = new AnsweredVectors(file, dimension, out);
    try {
      vectors.read();
      return vectors;
    } catch (IOException e) {
      vectors.close();
      throw e;
    }
  }

  /**
   * Removes what was answered for shards that never became whole.
   *
   * @param age of what is removed at least
   */
  public static void remove(Path cacheFolder, Duration age) throws IOException {
    Path folder = cacheFolder.resolve(FOLDER);
    if (!Files.isDirectory(folder)) {
      return;
    }
    Instant latest = Instant.now().minus(age);
    try (var files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (!Files.getLastModifiedTime(file).toInstant().isAfter(latest)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private void read() throws IOException {
    ByteBuffer record = ByteBuffer.allocate(recordBytes());
    try (FileChannel in = FileChannel.open(file)) {
      long whole = Math.min(in.size(), MAX_BYTES) / recordBytes();
      for (long i = 0; i < whole; i++) {
        record.clear();
        while (record.hasRemaining() && in.read(record) >= 0) {
          // Until the record is whole.
        }
        byte[] bytes = record.array();
        if (!isWhole(bytes)) {
          return; // and so is all behind it: records have no marks to find them by
        }
        float[] vector = new float[dimension];
        ByteBuffer.wrap(bytes, VectorKey.DIGEST_BYTES, dimension * Float.BYTES)
            .slice()
            .asFloatBuffer()
            .get(vector);
        known.put(ByteBuffer.wrap(Arrays.copyOf(bytes, VectorKey.DIGEST_BYTES)), vector);
      }
    }
  }

  private int recordBytes() {
    return VectorKey.DIGEST_BYTES + dimension * Float.BYTES + CHECK_BYTES;
  }

  private static boolean isWhole(byte[] record) {
    int body = record.length - CHECK_BYTES;
    return Arrays.equals(check(record, body), Arrays.copyOfRange(record, body, record.length));
  }

  private static byte[] check(byte[] record, int body) {
    byte[] digest = Multihash.sha256(Arrays.copyOf(record, body)).digest();
    return Arrays.copyOf(digest, CHECK_BYTES);
  }

  /** A vector that was answered before; null if there is none. */
  float @Nullable [] find(VectorKey key) {
    return known.get(ByteBuffer.wrap(key.digest()));
  }

  /**
   * Keeps an answer.
   *
   * @throws UncheckedIOException if it cannot be written
   */
  void keep(VectorKey key, float[] vector) {
    ByteBuffer record = ByteBuffer.allocate(recordBytes());
    record.put(key.digest());
    record.asFloatBuffer().put(vector);
    record.position(record.position() + vector.length * Float.BYTES);
    record.put(check(record.array(), record.position())).flip();
    try {
      synchronized (out) {
        while (record.hasRemaining()) {
          out.write(record);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot keep answers: " + file, e);
    }
  }

  /** The shard is in the store. */
  void done() throws IOException {
    close();
    Files.deleteIfExists(file);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
