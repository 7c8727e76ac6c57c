package dev.cairn.io.store.http;

import dev.cairn.io.block.Block;
import dev.cairn.io.car.CarReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The blocks of an archive in its order. */
record ArchiveFeed(CarReader archive) implements BlockFeed {
  @Override
  public @Nullable Block next() throws IOException {
    return archive.next();
  }

  @Override
  public void close() throws IOException {
    archive.close();
  }
}
