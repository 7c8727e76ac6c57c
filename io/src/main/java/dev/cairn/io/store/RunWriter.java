package dev.cairn.io.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.commons.codec.digest.DigestUtils;

/** Writes one run, its header last. Not thread-safe. */
final class RunWriter implements Closeable {
  private static final int PAGES_AT_ONCE = 64;

  private final DiskFile file;
  private final PackNames packs;
  private final ByteBuffer buffer = ByteBuffer.allocate(PAGES_AT_ONCE * RunFormat.PAGE_BYTES);
  private final byte[] page = new byte[RunFormat.PAGE_BYTES];
  private final ByteBuffer pageOut = ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN);
  private long position;
  private long pages;
  private long entries;

  RunWriter(Disk disk, Path path, PackNames packs) throws IOException {
    this.file = disk.create(path);
    this.packs = packs;
    this.position = RunFormat.headerBytes(packs.size());
  }

  /** Appends an entry; entries come sorted. */
  void add(RunCursor entry) throws IOException {
    pageOut.put(entry.key).putInt(entry.pack).putLong(entry.offset).putInt(entry.length);
    entries++;
    if (entries % RunFormat.PAGE_ENTRIES == 0) {
      endPage();
    }
  }

  /**
   * Writes what is left.
   *
   * @return the name that the run's file should have
   */
  String finish() throws IOException {
    if (pageOut.position() > 0) {
      endPage();
    }
    flush();
    byte[] header = RunFormat.header(packs, entries);
    file.write(0, ByteBuffer.wrap(header));
    return DigestUtils.sha256Hex(header) + ".run";
  }

  void force() throws IOException {
    file.force();
  }

  private void endPage() throws IOException {
    RunFormat.sealPage(page, pages++);
    buffer.put(page);
    Arrays.fill(page, (byte) 0);
    pageOut.clear();
    if (!buffer.hasRemaining()) {
      flush();
    }
  }

  private void flush() throws IOException {
    int bytes = buffer.position();
    file.write(position, buffer.flip());
    position += bytes;
    buffer.clear();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
