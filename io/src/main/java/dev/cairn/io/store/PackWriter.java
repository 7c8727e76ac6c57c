package dev.cairn.io.store;

import dev.cairn.io.block.Block;
import dev.cairn.io.car.CarSection;
import dev.cairn.io.car.CarV2Header;
import dev.cairn.io.car.CarV2Writer;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Multihash;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes one pack in {@code tmp/}. Not thread-safe. Closing closes the file and leaves it. */
final class PackWriter implements Closeable {
  private final Path path;
  private final DiskFile file;
  private final CarV2Writer car;
  private final MessageDigest heads = PackFormat.newHeadsDigest();

  /** Creates the file, which must not exist. */
  PackWriter(Disk disk, Path path) throws IOException {
    this.path = path;
    this.file = disk.create(path);
    this.car = new CarV2Writer(file::write, List.of(PackFormat.ROOT), true);
  }

  Path path() {
    return path;
  }

  /** True if the block fits into this pack; an empty one takes any. */
  boolean hasRoomFor(Block block, PackLimits limits) {
    int blocks = car.index().size();
    return blocks == 0
        || (blocks < limits.blocks() && car.dataBytes() + block.size() <= limits.dataBytes());
  }

  /** Appends a block that is not in this pack yet. */
  void put(Block block) throws IOException {
    heads.update(CarSection.head(block.cid(), block.size()));
    car.put(block);
  }

  boolean contains(Multihash multihash) {
    return car.index().find(multihash) >= 0;
  }

  /** Reads back a block; null if it was not put here. */
  @Nullable Block get(Cid cid) throws IOException {
    long offset = car.index().find(cid.multihash());
    if (offset < 0) {
      return null;
    }
    car.flush();
    long position = CarV2Header.BYTES + offset;
    return SectionReader.read(file, position, cid, path + " at byte " + position);
  }

  /**
   * Writes seal, index and header, and forces the file.
   *
   * @param salt see {@link PackFormat#seal}
   * @return the pack's name
   */
  String finish(byte[] salt) throws IOException {
    String name = finishUnforced(salt);
    file.force();
    return name;
  }

  /** As {@link #finish}, for a file that a power loss may take. */
  String finishUnforced(byte[] salt) throws IOException {
    car.put(PackFormat.seal(heads.digest(), salt));
    return PackFormat.name(car.finish());
  }

  /** Bytes of payload so far. */
  long dataBytes() {
    return car.dataBytes();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
