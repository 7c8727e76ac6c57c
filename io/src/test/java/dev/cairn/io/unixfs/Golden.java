package dev.cairn.io.unixfs;

import dev.cairn.io.cid.HashFunction;
import java.nio.charset.StandardCharsets;

/** The content rules of the golden CIDs, which ipfs-unixfs-importer 17.1.1 and Kubo agree on. */
final class Golden {
  static final int MIB = 1 << 20;
  static final int KIB = 1 << 10;

  private Golden() {}

  /** SHA-256 of "h4:0", "h4:1" and so on, one after the other. */
  static byte[] prng(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i * 32 < length; i++) {
      byte[] seed = ("h4:" + i).getBytes(StandardCharsets.US_ASCII);
      byte[] part = HashFunction.SHA2_256.digest(seed, 0, seed.length);
      System.arraycopy(part, 0, bytes, i * 32, Math.min(32, length - i * 32));
    }
    return bytes;
  }

  /** The name of file {@code i} of a numbered folder. */
  static String name(int i) {
    return "file-%05d.txt".formatted(i);
  }

  /** The content of file {@code i} of a numbered folder. */
  static byte[] content(int i) {
    return ("content " + i + "\n").getBytes(StandardCharsets.US_ASCII);
  }
}
