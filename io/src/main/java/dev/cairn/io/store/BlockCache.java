package dev.cairn.io.store;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.CorruptBlockException;
import dev.cairn.io.car.CarSection;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.cid.Multihash;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Blocks that were fetched and can be fetched again (storage.md, 3): segments in {@code
 * cache/blocks/}, apart from packs and in their form, but never forced. The oldest go when there
 * are too many bytes; those of short processes are merged when there are too many of them.
 *
 * <p>Blocks are hashed on every read. Whatever is damaged or gone is a miss, and deleting the
 * folder is always safe. A block that was put is found by this instance at once, by other processes
 * when its segment is full or this instance is closed; a kill loses the segment. Safe for use by
 * several threads; several processes may use one home.
 */
public final class BlockCache implements Closeable {
  /** Bytes of all segments, as far as nothing else is said. */
  static final long STANDARD_BYTES = 10L << 30;

  private static final Logger LOG = LoggerFactory.getLogger(BlockCache.class);
  private static final PackLimits SEGMENT = new PackLimits(64L << 20, 1_000_000);

  /** Segments below a quarter of their size, from which on they are merged. */
  private static final int MANY_SMALL = 32;

  private final Home home;
  private final Path folder;
  private final long maxBytes;
  private final PackLimits limits;
  private final OpenPacks open;
  private final WatchedFolder watched;
  private List<String> segments = List.of();
  private @Nullable PackWriter current;
  private boolean closed;

  BlockCache(Home home) {
    this(home, STANDARD_BYTES, SEGMENT);
  }

  BlockCache(Home home, long maxBytes, PackLimits limits) {
    this.home = home;
    this.folder = home.folder("cache").resolve("blocks");
    this.maxBytes = maxBytes;
    this.limits = limits;
    this.open = new OpenPacks(home, folder);
    this.watched = new WatchedFolder(home, folder);
  }

  /** The block, hashed; null if there is no good copy here. */
  public synchronized @Nullable Block get(Cid cid) throws IOException {
    if (closed) {
      return null;
    }
    PackWriter writer = current;
    Block block = writer == null ? null : writer.get(cid);
    if (block == null) {
      refresh();
      for (int i = 0; block == null && i < segments.size(); i++) {
        block = in(segments.get(i), cid);
      }
    }
    return block;
  }

  /** True if there is a good copy here. It is read, since only that can tell. */
  public boolean has(Cid cid) throws IOException {
    return get(cid) != null;
  }

  /**
   * Keeps a block for a while.
   *
   * @throws StorageException if the cache cannot be written; the block can still be used
   */
  public synchronized void put(Block block) throws IOException {
    if (closed || block.cid().isIdentity() || get(block.cid()) != null) {
      return;
    }
    PackWriter writer = current;
    if (writer != null && !writer.hasRoomFor(block, limits)) {
      publish();
      writer = null;
    }
    if (writer == null) {
      writer = new PackWriter(home.disk(), home.newTemporary(".car"));
      current = writer;
    }
    writer.put(block);
  }

  private @Nullable Block in(String segment, Cid cid) throws IOException {
    try (Pack pack = open.acquire(segment)) {
      return pack.get(cid);
    } catch (NoSuchFileException e) {
      return null;
    } catch (CorruptBlockException e) {
      LOG.warn("Segment of the cache is dropped: {}", e.getMessage());
      delete(segment);
      return null;
    }
  }

  private void refresh() throws IOException {
    if (!watched.isUnchanged()) {
      List<String> names = new ArrayList<>();
      for (String file : watched.list()) {
        if (PackFormat.isFileName(file)) {
          names.add(PackFormat.nameOf(file));
        }
      }
      segments = names;
    }
  }

  /** Puts the segment in place, and makes room. */
  private void publish() throws IOException {
    PackWriter writer = current;
    if (writer == null) {
      return;
    }
    current = null;
    try (writer) {
      String name = writer.finishUnforced(HexFormat.of().parseHex(home.machine().randomId()));
      home.disk().makeFolder(home.folder("cache"));
      home.disk().makeFolder(folder);
      home.disk().rename(writer.path(), file(name));
    } catch (IOException e) {
      home.discard(writer.path(), e);
      throw e;
    }
    makeRoom();
  }

  /** A segment with what eviction goes by. */
  private record Segment(String name, long bytes, long changed) {}

  private void makeRoom() throws IOException {
    List<Segment> all = new ArrayList<>();
    long bytes = 0;
    for (String file : home.disk().list(folder)) {
      if (PackFormat.isFileName(file)) {
        Segment segment = segment(PackFormat.nameOf(file));
        all.add(segment);
        bytes += segment.bytes();
      }
    }
    all.sort(Comparator.comparingLong(Segment::changed));
    for (int i = 0; bytes > maxBytes && i < all.size() - 1; i++) {
      delete(all.get(i).name());
      bytes -= all.get(i).bytes();
    }
  }

  private Segment segment(String name) throws IOException {
    Path file = file(name);
    try (DiskFile opened = home.disk().open(file)) {
      return new Segment(name, opened.size(), home.disk().changed(file));
    } catch (NoSuchFileException e) {
      return new Segment(name, 0, 0);
    }
  }

  /** Copies small segments into the one that is about to be published. */
  private void mergeSmall() throws IOException {
    List<String> small = new ArrayList<>();
    for (String file : home.disk().list(folder)) {
      if (PackFormat.isFileName(file)) {
        String name = PackFormat.nameOf(file);
        if (segment(name).bytes() < limits.dataBytes() / 4) {
          small.add(name);
        }
      }
    }
    if (small.size() < MANY_SMALL) {
      return;
    }
    for (String name : small) {
      copy(name);
      delete(name);
    }
  }

  private void copy(String segment) throws IOException {
    try (DiskFile file = home.disk().open(file(segment))) {
      PackScanner scanner = new PackScanner(file);
      for (CarSection section = scanner.next();
          section != null && !PackFormat.isSeal(section);
          section = scanner.next()) {
        copy(scanner, section);
      }
    } catch (NoSuchFileException | MalformedContentException e) {
      LOG.debug("Segment of the cache ends early: {}", segment, e);
    }
  }

  private void copy(PackScanner scanner, CarSection section) throws IOException {
    PackWriter writer = current;
    Multihash multihash = section.cid().multihash();
    int from = scanner.dataAt();
    int to = from + section.dataBytes();
    boolean good = multihash.matches(scanner.bytes(), from, section.dataBytes());
    if (writer != null && good && !writer.contains(multihash)) {
      byte[] bytes = Arrays.copyOfRange(scanner.bytes(), from, to);
      Block block = Block.verified(section.cid(), bytes, folder.toString());
      if (writer.hasRoomFor(block, limits)) {
        writer.put(block);
      }
    }
  }

  private void delete(String segment) throws IOException {
    open.forget(segment);
    home.disk().delete(file(segment));
  }

  private Path file(String segment) {
    return folder.resolve(PackFormat.fileName(segment));
  }

  /** Publishes what was put. */
  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (open) {
      if (current != null) {
        mergeSmall();
      }
      publish();
    }
  }
}
