package dev.cairn.io.store;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.CorruptBlockException;
import dev.cairn.io.car.CarSection;
import dev.cairn.io.car.CarV2Header;
import dev.cairn.io.car.MultihashIndex;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.cid.Multihash;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A finished pack, open for reading. Its index is loaded at the first look-up; where header or
 * index are damaged, the sections are scanned instead, so that whole blocks are still served.
 *
 * <p>Safe for use by several threads. Each {@link #retain} asks for one {@link #close} more; the
 * last one closes the file.
 */
final class Pack implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Pack.class);

  private final DiskFile file;
  private final String name;
  private final String where;
  private final AtomicInteger users = new AtomicInteger(1);
  private @Nullable OffsetIndex index;
  private boolean damaged;

  /**
   * Takes over an open file.
   *
   * @param where the file as messages name it
   */
  Pack(DiskFile file, String name, String where) {
    this.file = file;
    this.name = name;
    this.where = where;
  }

  String name() {
    return name;
  }

  Pack retain() {
    users.incrementAndGet();
    return this;
  }

  /** True if the pack's index lists the block. */
  boolean contains(Multihash multihash) throws IOException {
    return index().find(multihash) >= 0;
  }

  /** True if header or index are damaged. */
  boolean damaged() throws IOException {
    index();
    synchronized (this) {
      return damaged;
    }
  }

  /**
   * The block, found by the pack's own index and hashed; null if it is not in this pack.
   *
   * @throws CorruptBlockException if it should be, but its bytes are others
   */
  @Nullable Block get(Cid cid) throws IOException {
    long offset = index().find(cid.multihash());
    if (offset < 0) {
      return null;
    }
    Block block = getAt(cid, offset);
    if (block == null) {
      throw noSectionAt(cid, offset);
    }
    return block;
  }

  /** The block at an offset that need not be right; null if the section there is another's. */
  @Nullable Block getAt(Cid cid, long offset) throws IOException {
    long position = position(offset);
    return SectionReader.read(file, position, cid, where + " at byte " + position);
  }

  /** The error for a block whose section is damaged beyond recognition. */
  CorruptBlockException noSectionAt(Cid cid, long offset) {
    return new CorruptBlockException(
        cid, where + " at byte " + position(offset), "no section of this block");
  }

  /** True if the section at an offset that need not be right is the block's. */
  boolean isAt(Cid cid, long offset) throws IOException {
    return SectionReader.isAt(file, position(offset), cid);
  }

  private synchronized OffsetIndex index() throws IOException {
    OffsetIndex loaded = index;
    if (loaded == null) {
      loaded = load();
      index = loaded;
    }
    return loaded;
  }

  private OffsetIndex load() throws IOException {
    try {
      return PackIndex.load(file, name);
    } catch (MalformedContentException e) {
      LOG.warn("Pack is damaged, its blocks are found by scanning: {} ({})", where, e.getMessage());
      damaged = true;
      return scan()::find;
    }
  }

  private MultihashIndex scan() throws IOException {
    MultihashIndex found = new MultihashIndex();
    PackScanner scanner = new PackScanner(file);
    try {
      CarSection section = scanner.next();
      while (section != null
          && !PackFormat.isSeal(section)
          && found.size() < PackLimits.STANDARD.blocks()) {
        Multihash multihash = section.cid().multihash();
        if (multihash.matches(scanner.bytes(), scanner.dataAt(), section.dataBytes())) {
          found.add(multihash, scanner.offset());
        }
        section = scanner.next();
      }
    } catch (MalformedContentException e) {
      LOG.warn("Pack ends for readers at byte {}: {}", scanner.sectionStart(), where);
    }
    return found;
  }

  private static long position(long offset) {
    return CarV2Header.BYTES + offset;
  }

  @Override
  public void close() throws IOException {
    if (users.decrementAndGet() == 0) {
      file.close();
    }
  }
}
