package dev.cairn.io.unixfs;

import org.apache.commons.codec.digest.MurmurHash3;

/** The hash that places names in HAMT directories: murmur3-x64-64, multicodec 0x22. */
final class Murmur {
  static final long CODE = 0x22;

  private Murmur() {}

  /** The hash, whose first level is in its most significant bits. */
  static long hash(byte[] name) {
    return MurmurHash3.hash128x64(name)[0];
  }
}
