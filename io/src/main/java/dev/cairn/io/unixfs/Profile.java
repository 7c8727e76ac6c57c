package dev.cairn.io.unixfs;

/** The numbers of profile {@code unixfs-v1-2025} (IPIP-499), the only one that Cairn writes. */
final class Profile {
  /** Bytes of a leaf. */
  static final int CHUNK_BYTES = 1 << 20;

  /** Links of a file's inner node. */
  static final int FILE_WIDTH = 1024;

  /** Bytes of a plain directory's block at most; the next byte makes it a HAMT (seen on Kubo). */
  static final int PLAIN_DIRECTORY_BYTES = 262_144;

  /** Slots of a HAMT node: one byte of the hash a level. */
  static final int FANOUT = 256;

  private Profile() {}
}
