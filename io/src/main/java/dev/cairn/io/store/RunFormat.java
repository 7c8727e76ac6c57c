package dev.cairn.io.store;

import dev.cairn.io.cid.MalformedContentException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The layout of a run over many packs, little-endian:
 *
 * <pre>
 * header   "cairn-run 1\n", packs (int32), entries (int64), the packs' names (32 bytes each, sorted),
 *          CRC-32C of all this (int32)
 * pages    of 4,096 bytes: 85 entries, zeros, CRC-32C of the page's number and entries (int32)
 * entry    key (32 bytes), number of its pack in the header (int32), offset of the section from the
 *          pack's payload (int64), bytes of the section (int32)
 * </pre>
 *
 * Entries are sorted by key, then pack. A key is the first 32 bytes of a digest, whatever the hash
 * function: the section that it leads to says what is there. The checksums make a miss as sure as a
 * hit.
 */
final class RunFormat {
  static final int KEY_BYTES = 32;
  static final int ENTRY_BYTES = KEY_BYTES + Integer.BYTES + Long.BYTES + Integer.BYTES;
  static final int PAGE_BYTES = 1 << 12;
  static final int PAGE_ENTRIES = (PAGE_BYTES - Integer.BYTES) / ENTRY_BYTES;

  /** Packs of one run at most: a header of 32 MB. */
  static final int MAX_PACKS = 1 << 20;

  static final int PACK_AT = KEY_BYTES;
  static final int OFFSET_AT = PACK_AT + Integer.BYTES;
  static final int LENGTH_AT = OFFSET_AT + Long.BYTES;

  /** Bytes of the header before the names. */
  static final int FIXED_BYTES = 24;

  private static final byte[] MAGIC = "cairn-run 1\n".getBytes(StandardCharsets.US_ASCII);
  private static final int PACKS_AT = MAGIC.length;
  private static final int ENTRIES_AT = PACKS_AT + Integer.BYTES;
  private static final int CRC_AT = PAGE_BYTES - Integer.BYTES;

  private RunFormat() {}

  static byte[] header(PackNames packs, long entries) {
    byte[] header = new byte[headerBytes(packs.size())];
    ByteBuffer out = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    out.put(MAGIC).putInt(packs.size()).putLong(entries).put(packs.toBytes());
    out.putInt(crc(header, out.position()));
    return header;
  }

  static int headerBytes(int packs) {
    return FIXED_BYTES + packs * PackNames.NAME_BYTES + Integer.BYTES;
  }

  /** The number of packs that the fixed part of a header states. */
  static int packs(byte[] fixed) throws MalformedContentException {
    ByteBuffer in = ByteBuffer.wrap(fixed).order(ByteOrder.LITTLE_ENDIAN);
    int packs = in.getInt(PACKS_AT);
    if (packs < 0 || packs > MAX_PACKS) {
      throw new MalformedContentException(
          "Cannot read index run: " + packs + " packs (at most " + MAX_PACKS + ")");
    }
    return packs;
  }

  /** The number of entries, of a whole header. */
  static long entries(byte[] header) {
    return ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getLong(ENTRIES_AT);
  }

  /**
   * The names in a whole header.
   *
   * @throws MalformedContentException if it is damaged
   */
  static PackNames names(byte[] header) throws MalformedContentException {
    int end = header.length - Integer.BYTES;
    int crc = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt(end);
    if (!startsWithMagic(header) || crc != crc(header, end)) {
      throw new MalformedContentException("Cannot read index run: its header is damaged");
    }
    return PackNames.ofSorted(Arrays.copyOfRange(header, FIXED_BYTES, end));
  }

  static long pages(long entries) {
    return entries / PAGE_ENTRIES + (entries % PAGE_ENTRIES == 0 ? 0 : 1);
  }

  /** Puts the checksum at a page's end. */
  static void sealPage(byte[] page, long number) {
    ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN).putInt(CRC_AT, pageCrc(page, number));
  }

  static void checkPage(byte[] page, long number) throws MalformedContentException {
    int crc = ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN).getInt(CRC_AT);
    if (crc != pageCrc(page, number)) {
      throw new MalformedContentException(
          "Cannot read index run: its page " + number + " is damaged");
    }
  }

  private static boolean startsWithMagic(byte[] header) {
    return ByteBuffer.wrap(header, 0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
  }

  private static int pageCrc(byte[] page, long number) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(Long.BYTES).putLong(0, number));
    crc.update(page, 0, CRC_AT);
    return (int) crc.getValue();
  }

  private static int crc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
