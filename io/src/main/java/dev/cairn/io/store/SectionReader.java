package dev.cairn.io.store;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.CorruptBlockException;
import dev.cairn.io.car.CarSection;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads single sections by position. */
final class SectionReader {
  /** Bytes of the first read: a head, and all of a small block. */
  private static final int FIRST_BYTES = 1 << 12;

  private SectionReader() {}

  /**
   * The block of {@code cid} at {@code position}, hashed; null if the section there is of another
   * multihash, or there is none.
   *
   * @throws CorruptBlockException if it is of this multihash but its data is not
   */
  static @Nullable Block read(DiskFile file, long position, Cid cid, String where)
      throws IOException {
    ByteBuffer first = read(file, position, FIRST_BYTES);
    CarSection section = sectionOf(cid, first);
    if (section == null) {
      return null;
    }
    byte[] data = new byte[section.dataBytes()];
    ByteBuffer rest = ByteBuffer.wrap(data);
    rest.put(first.limit(Math.min(first.limit(), section.totalBytes())));
    if (rest.hasRemaining()) {
      file.read(position + section.headBytes() + rest.position(), rest);
    }
    return Block.verified(
        cid, rest.hasRemaining() ? Arrays.copyOf(data, rest.position()) : data, where);
  }

  /** The block of the section at {@code position}; null if there is no whole and good one. */
  static @Nullable Block readAny(DiskFile file, long position) throws IOException {
    ByteBuffer head = read(file, position, CarSection.MAX_HEAD_BYTES);
    try {
      return read(file, position, CarSection.read(head).cid(), "");
    } catch (MalformedContentException | CorruptBlockException e) {
      return null;
    }
  }

  /** True if a section of this multihash starts at {@code position}; its data is not read. */
  static boolean isAt(DiskFile file, long position, Cid cid) throws IOException {
    return sectionOf(cid, read(file, position, CarSection.MAX_HEAD_BYTES)) != null;
  }

  /** What is there; nothing at a place before the file, as an index that lies may give it. */
  private static ByteBuffer read(DiskFile file, long position, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes);
    if (position >= 0) {
      file.read(position, buffer);
    }
    return buffer.flip();
  }

  private static @Nullable CarSection sectionOf(Cid cid, ByteBuffer head) {
    try {
      CarSection section = CarSection.read(head);
      return section.cid().multihash().equals(cid.multihash()) ? section : null;
    } catch (MalformedContentException e) {
      return null;
    }
  }
}
