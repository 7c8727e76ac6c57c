package dev.cairn.io.cid;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.bouncycastle.crypto.digests.Blake2bDigest;

/**
 * The hash functions that Cairn reads. It writes {@link #SHA2_256} only. Codes are those of the
 * multicodec table.
 */
public enum HashFunction {
  IDENTITY(0x00),
  SHA2_256(0x12),
  SHA2_512(0x13),
  BLAKE2B_256(0xb220);

  /** Bytes an identity multihash may hold: Kubo's limit, so that a CID stays a name. */
  public static final int MAX_IDENTITY_BYTES = 128;

  private static final int BLAKE2B_256_BITS = 256;

  /** Names of functions that are met in the wild but not read, for the refusal. */
  private static final Map<Long, String> UNREAD_NAMES =
      Map.of(
          0x11L, "sha1",
          0x14L, "sha3-512",
          0x15L, "sha3-384",
          0x16L, "sha3-256",
          0x1bL, "keccak-256",
          0x1eL, "blake3",
          0x20L, "sha2-384",
          0xd5L, "md5",
          0xb240L, "blake2b-512",
          0xb260L, "blake2s-256");

  private final int code;

  HashFunction(int code) {
    this.code = code;
  }

  /** The multicodec code. */
  public int code() {
    return code;
  }

  /**
   * The function of a multicodec code.
   *
   * @throws MalformedContentException naming the code, if Cairn does not read it
   */
  public static HashFunction ofCode(long code) throws MalformedContentException {
    for (HashFunction f : values()) {
      if (f.code == code) {
        return f;
      }
    }
    throw new MalformedContentException(
        String.format(
            Locale.ROOT,
            "Cannot read multihash: function %s, 0x%x (identity, sha2-256, sha2-512, blake2b-256)",
            UNREAD_NAMES.getOrDefault(code, "unknown"),
            code));
  }

  /** The digest of {@code length} bytes from {@code offset}. */
  public byte[] digest(byte[] bytes, int offset, int length) {
    return switch (this) {
      case IDENTITY -> Arrays.copyOfRange(bytes, offset, offset + length);
      case SHA2_256 -> jdkDigest("SHA-256", bytes, offset, length);
      case SHA2_512 -> jdkDigest("SHA-512", bytes, offset, length);
      case BLAKE2B_256 -> blake2b(bytes, offset, length);
    };
  }

  /** True if a digest of this many bytes is whole for this function. */
  boolean fits(int digestBytes) {
    return switch (this) {
      case IDENTITY -> digestBytes <= MAX_IDENTITY_BYTES;
      case SHA2_512 -> digestBytes == 64;
      case SHA2_256, BLAKE2B_256 -> digestBytes == 32;
    };
  }

  private static byte[] blake2b(byte[] bytes, int offset, int length) {
    Blake2bDigest blake = new Blake2bDigest(BLAKE2B_256_BITS);
    blake.update(bytes, offset, length);
    byte[] out = new byte[blake.getDigestSize()];
    blake.doFinal(out, 0);
    return out;
  }

  private static byte[] jdkDigest(String name, byte[] bytes, int offset, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance(name);
      digest.update(bytes, offset, length);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(name + " is in every JDK", e);
    }
  }
}
