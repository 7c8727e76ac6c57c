package dev.cairn.io.store.http;

import dev.cairn.io.block.Block;
import dev.cairn.io.car.CarReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Blocks as a tier sends them, many in one answer, each hashed. Belongs to one thread. Closing ends
 * the answer.
 */
public interface BlockFeed extends Closeable {
  /**
   * The next block, or null at the end, which proves nothing about what was to come.
   *
   * @throws dev.cairn.io.block.CorruptBlockException if it is corrupt; the next may be read
   */
  @Nullable Block next() throws IOException;

  /** Asks for a feed, once somebody reads it. */
  @FunctionalInterface
  interface Opener {
    BlockFeed open() throws IOException;
  }

  /**
   * The blocks of an archive.
   *
   * @param archive a CAR, which is closed even if it is none
   * @param where the tier's name, for errors
   */
  static BlockFeed ofArchive(InputStream archive, String where) throws IOException {
    return new ArchiveFeed(CarReader.open(archive, where));
  }
}
