package dev.cairn.io.cid;

import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/** A digest with the function that made it: the key of a block in every store. Immutable. */
public final class Multihash implements Comparable<Multihash>, Serializable {
  private static final long serialVersionUID = 1L;

  private final HashFunction function;
  private final byte[] digest;

  private Multihash(HashFunction function, byte[] digest) {
    this.function = function;
    this.digest = digest;
  }

  /** The sha2-256 of all of {@code bytes}. */
  public static Multihash sha256(byte[] bytes) {
    return new Multihash(
        HashFunction.SHA2_256, HashFunction.SHA2_256.digest(bytes, 0, bytes.length));
  }

  /** A multihash of a digest that was computed elsewhere. */
  public static Multihash of(HashFunction function, byte[] digest) {
    if (!function.fits(digest.length)) {
      throw new IllegalArgumentException(
          "Cannot make multihash: " + digest.length + " bytes (not a " + function + " digest)");
    }
    return new Multihash(function, digest.clone());
  }

  /** Reads one multihash and moves the buffer past it. */
  public static Multihash read(ByteBuffer in) throws MalformedContentException {
    HashFunction function = HashFunction.ofCode(Varint.read(in));
    long length = Varint.read(in);
    if (length > in.remaining() || !function.fits((int) Math.min(length, Integer.MAX_VALUE))) {
      throw new MalformedContentException(
          "Cannot read multihash: digest of " + length + " bytes (whole " + function + ")");
    }
    byte[] digest = new byte[(int) length];
    in.get(digest);
    return new Multihash(function, digest);
  }

  public HashFunction function() {
    return function;
  }

  /** A copy of the digest. */
  public byte[] digest() {
    return digest.clone();
  }

  /** The digest's length in bytes. */
  public int digestLength() {
    return digest.length;
  }

  /** True if this is the hash of {@code length} bytes from {@code offset}. */
  public boolean matches(byte[] bytes, int offset, int length) {
    if (function == HashFunction.IDENTITY) {
      return Arrays.equals(digest, 0, digest.length, bytes, offset, offset + length);
    }
    return Arrays.equals(digest, function.digest(bytes, offset, length));
  }

  void write(ByteArrayOutputStream out) {
    Varint.write(out, function.code());
    Varint.write(out, digest.length);
    out.writeBytes(digest);
  }

  @Override
  public int compareTo(Multihash other) {
    int byFunction = function.compareTo(other.function);
    return byFunction != 0 ? byFunction : Arrays.compareUnsigned(digest, other.digest);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Multihash other
        && function == other.function
        && Arrays.equals(digest, other.digest);
  }

  @Override
  public int hashCode() {
    // An enum's own hash differs from run to run.
    return 31 * function.code() + Arrays.hashCode(digest);
  }

  @Override
  public String toString() {
    return function + ":" + HexFormat.of().formatHex(digest);
  }
}
