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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
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

  private final Path file;
  private final int dimension;

  /** Where the record of a digest begins. */
  private final Map<ByteBuffer, Long> known = new ConcurrentHashMap<>();

  /** What was asked and not answered yet. */
  private final Map<VectorKey, Answer> running = new ConcurrentHashMap<>();

  private final FileChannel channel;

  private AnsweredVectors(Path file, int dimension, FileChannel channel) {
    this.file = file;
    this.dimension = dimension;
    this.channel = channel;
  }

  /**
   * Opens a shard's, with what is there.
   *
   * @param shard key of the shard, which is also that of the model
   */
  static AnsweredVectors open(Path cacheFolder, String shard, int dimension) throws IOException {
    Path file = Files.createDirectories(cacheFolder.resolve(FOLDER)).resolve(shard);
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    AnsweredVectors vectors = new AnsweredVectors(file, dimension, channel);
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

  /** What was not written whole is cut off, so that what comes is found again. */
  private void read() throws IOException {
    byte[] record = new byte[recordBytes()];
    long at = 0;
    while (readAt(at, record) && isWhole(record)) {
      known.put(ByteBuffer.wrap(Arrays.copyOf(record, VectorKey.DIGEST_BYTES)), at);
      at += record.length;
    }
    channel.truncate(at).position(at);
  }

  private boolean readAt(long at, byte[] record) throws IOException {
    ByteBuffer into = ByteBuffer.wrap(record);
    while (into.hasRemaining()) {
      if (channel.read(into, at + into.position()) < 0) {
        return false;
      }
    }
    return true;
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

  /**
   * A vector that was answered before, or is asked for already, or is asked for now and then kept.
   * For one thread.
   *
   * @param ask asks for it
   */
  Answer answer(VectorKey key, Supplier<CompletableFuture<float[]>> ask) throws IOException {
    float[] before = find(key);
    if (before != null) {
      return Answer.known(before);
    }
    Answer present = running.get(key);
    if (present != null) {
      return new Answer(false, present.asked(), present.vector());
    }
    CompletableFuture<float[]> asked = ask.get();
    CompletableFuture<float[]> vector =
        asked.thenApply(
            answer -> {
              keep(key, answer);
              running.remove(key);
              return answer;
            });
    Answer answer = new Answer(true, asked, vector);
    running.put(key, answer);
    if (vector.isDone()) {
      running.remove(key);
    }
    return answer;
  }

  private float @Nullable [] find(VectorKey key) throws IOException {
    Long at = known.get(ByteBuffer.wrap(key.digest()));
    if (at == null) {
      return null;
    }
    byte[] record = new byte[recordBytes()];
    if (!readAt(at, record) || !isWhole(record)) {
      return null;
    }
    float[] vector = new float[dimension];
    ByteBuffer.wrap(record, VectorKey.DIGEST_BYTES, dimension * Float.BYTES)
        .slice()
        .asFloatBuffer()
        .get(vector);
    return vector;
  }

  /**
   * Keeps an answer.
   *
   * @throws UncheckedIOException if it cannot be written
   */
  private void keep(VectorKey key, float[] vector) {
    ByteBuffer record = ByteBuffer.allocate(recordBytes());
    record.put(key.digest());
    record.asFloatBuffer().put(vector);
    record.position(record.position() + vector.length * Float.BYTES);
    record.put(check(record.array(), record.position())).flip();
    try {
      synchronized (channel) {
        long at = channel.position();
        while (record.hasRemaining()) {
          channel.write(record);
        }
        known.put(ByteBuffer.wrap(key.digest()), at);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot keep answers: " + file + " (" + e.getMessage() + ")", e);
    }
  }

  /** The shard is in the store. */
  void done() throws IOException {
    close();
    Files.deleteIfExists(file);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
