package dev.cairn.io.store;

import dev.cairn.io.cid.MalformedContentException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whole packs, open to be read into one run. Not thread-safe. */
final class PackBatch implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(PackBatch.class);

  /** Packs that are read into one run at once: each holds a file and a buffer of 64 KiB. */
  static final int MAX_PACKS = 256;

  /** Entries after which no further pack is begun: up to 48 bytes of memory each. */
  private static final long MAX_ENTRIES = 1_000_000;

  private final List<Source> sources = new ArrayList<>();
  private long entries;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Source(String name, DiskFile file, PackIndex index, long[] offsets) {}

  /** Opens the next packs; damaged ones, and those that are gone, are left out. */
  static PackBatch open(Home home, Iterator<String> names) throws IOException {
    PackBatch batch = new PackBatch();
    try {
      while (names.hasNext() && batch.sources.size() < MAX_PACKS && batch.entries < MAX_ENTRIES) {
        Source source = source(home, names.next());
        if (source != null) {
          batch.sources.add(source);
          batch.entries += source.offsets.length;
        }
      }
      return batch;
    } catch (IOException e) {
      batch.close();
      throw e;
    }
  }

  long entries() {
    return entries;
  }

  PackNames names() {
    return PackNames.of(sources.stream().map(Source::name).toList());
  }

  /** Cursors over all blocks of these packs, which are numbered as in {@code packs}. */
  List<RunCursor> cursors(PackNames packs) {
    List<RunCursor> cursors = new ArrayList<>();
    for (Source source : sources) {
      cursors.addAll(
          PackCursor.over(source.file, source.index, source.offsets, packs.indexOf(source.name)));
    }
    return cursors;
  }

  private static @Nullable Source source(Home home, String name) throws IOException {
    DiskFile file;
    try {
      file = home.disk().open(home.packs().resolve(PackFormat.fileName(name)));
    } catch (NoSuchFileException e) {
      return null;
    }
    try {
      PackIndex index = PackIndex.load(file, name);
      return new Source(name, file, index, PackCursor.offsets(file, index));
    } catch (MalformedContentException e) {
      LOG.warn("Damaged pack is left out of the index: {} ({})", name, e.getMessage());
      file.close();
      return null;
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    for (Source source : sources) {
      source.file.close();
    }
  }
}
