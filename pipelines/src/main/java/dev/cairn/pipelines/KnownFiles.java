package dev.cairn.pipelines;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.unixfs.AddOptions;
import dev.cairn.io.unixfs.Written;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hashes of a folder's files from one run to the next. A file is not read if device, inode,
 * size, time of modification and time of change are those of a hash that was begun at least two
 * seconds after that time of change: whatever writes to a file sets the last, and no program can
 * set it back. Kept in the store's cache; a memory that is lost or damaged is an empty one. For one
 * thread; a file of memory may be written by several processes, and the last stays.
 */
final class KnownFiles implements AddOptions.Hashes {
  private static final Logger LOG = LoggerFactory.getLogger(KnownFiles.class);

  /** What tells a file's state; the last is the time of change. */
  private static final List<String> NAMES =
      List.of("dev", "ino", "size", "lastModifiedTime", "ctime");

  private static final String ATTRIBUTES = "unix:" + String.join(",", NAMES);
  private static final int STATE_BYTES = NAMES.size() * Long.BYTES;
  private static final int MAX_CID_BYTES = 128;

  /** File systems tick as slowly as that: within it a file may change and keep its times. */
  private static final Duration TICK = Duration.ofSeconds(2);

  /** Changed whenever the file has another form. */
  private static final int FORM = 1;

  private final Path file;
  private final int folderLength;
  private final InstantSource clock;
  private final Map<String, Known> before;
  private final Map<String, Known> now = new HashMap<>();
  private boolean changed;

  /**
   * What is known of a file.
   *
   * @param state device, inode, size and times
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by Arrays.equals
  private record Known(byte[] state, Written written) {}

  private KnownFiles(Path file, Path folder, InstantSource clock, Map<String, Known> before) {
    this.file = file;
    this.folderLength = folder.toString().length();
    this.clock = clock;
    this.before = before;
  }

  /**
   * The memory of a folder.
   *
   * @param cache the store's folder of what can be had again
   */
  static KnownFiles of(Path cache, Path folder, InstantSource clock) {
    String name = DigestUtils.sha256Hex(folder.toString());
    Path file = cache.resolve("files").resolve(name);
    return new KnownFiles(file, folder, clock, read(file));
  }

  @Override
  public Written of(Path path, AddOptions.Hash hash) throws IOException {
    byte[] state = state(path);
    String name = path.toString().substring(folderLength); // short: memory is a million of them
    Known known = before.get(name);
    if (known != null && Arrays.equals(known.state(), state)) {
      now.put(name, known);
      return known.written();
    }
    Instant begun = clock.instant();
    Written written = hash.compute();
    if (state != null && isSettled(state, begun) && Arrays.equals(state, state(path))) {
      now.put(name, new Known(state, written));
      changed = true;
    }
    return written;
  }

  /** Device, inode, size and times; null where the file system has no such attributes. */
  private static byte @Nullable [] state(Path path) throws IOException {
    Map<String, Object> attributes;
    try {
      attributes = Files.readAttributes(path, ATTRIBUTES);
    } catch (UnsupportedOperationException e) {
      LOG.debug("No inodes here", e);
      return null;
    }
    ByteBuffer state = ByteBuffer.allocate(STATE_BYTES);
    for (String name : NAMES) {
      state.putLong(number(attributes.get(name)));
    }
    return state.array();
  }

  private static long number(@Nullable Object value) {
    return value instanceof FileTime time
        ? time.to(TimeUnit.NANOSECONDS)
        : ((Number) Objects.requireNonNull(value)).longValue();
  }

  private static boolean isSettled(byte[] state, Instant begun) {
    long changedAt = ByteBuffer.wrap(state).getLong(STATE_BYTES - Long.BYTES);
    return FileTime.from(begun.minus(TICK)).to(TimeUnit.NANOSECONDS) >= changedAt;
  }

  /** Keeps what was found, for the next run. */
  void keep() throws IOException {
    if (!changed && now.size() == before.size()) {
      return;
    }
    Path folder = Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Path part = Files.createTempFile(folder, "files", ".part");
    try (OutputStream raw = new BufferedOutputStream(Files.newOutputStream(part))) {
      MessageDigest digest = DigestUtils.getSha256Digest();
      DataOutputStream out = new DataOutputStream(new DigestOutputStream(raw, digest));
      out.writeInt(FORM);
      out.writeInt(now.size());
      for (Map.Entry<String, Known> entry : now.entrySet()) {
        write(out, entry.getKey(), entry.getValue());
      }
      out.flush();
      raw.write(digest.digest());
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void write(DataOutputStream out, String path, Known known) throws IOException {
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    out.writeInt(name.length);
    out.write(name);
    out.write(known.state());
    byte[] cid = known.written().cid().toBytes();
    out.writeShort(cid.length);
    out.write(cid);
    out.writeLong(known.written().size());
    out.writeLong(known.written().tsize());
  }

  private static Map<String, Known> read(Path file) {
    try (DigestInputStream in =
        new DigestInputStream(
            new BufferedInputStream(Files.newInputStream(file)), DigestUtils.getSha256Digest())) {
      return read(new DataInputStream(in), in.getMessageDigest(), Files.size(file));
    } catch (NoSuchFileException e) {
      return Map.of();
    } catch (IOException e) {
      LOG.warn("Files are hashed again: {} ({})", file, e.getMessage());
      return Map.of();
    }
  }

  private static Map<String, Known> read(DataInputStream in, MessageDigest digest, long size)
      throws IOException {
    if (in.readInt() != FORM) {
      return Map.of();
    }
    int count = in.readInt();
    Map<String, Known> known = new HashMap<>();
    for (int i = 0; i < count; i++) {
      String path = new String(bytes(in, in.readInt(), size), StandardCharsets.UTF_8);
      byte[] state = bytes(in, STATE_BYTES, size);
      Cid cid = Cid.fromBytes(bytes(in, in.readUnsignedShort(), MAX_CID_BYTES));
      known.put(path, new Known(state, new Written(cid, in.readLong(), in.readLong())));
    }
    byte[] computed = digest.digest();
    if (!Arrays.equals(computed, in.readAllBytes())) {
      throw new MalformedContentException("Cannot read known files: checksum (as written)");
    }
    return known;
  }

  private static byte[] bytes(DataInputStream in, int length, long limit) throws IOException {
    if (length < 0 || length > limit) {
      throw new MalformedContentException(
          "Cannot read known files: " + length + " bytes (at most " + limit + ")");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }
}
