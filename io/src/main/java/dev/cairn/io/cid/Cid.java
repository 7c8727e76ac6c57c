package dev.cairn.io.cid;

import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;

/**
 * A content identifier: what the bytes are (codec) and their hash. Immutable; equal when version,
 * codec and multihash are. A block's key in a store is its {@link #multihash()} alone, because one
 * block may be named under several codecs.
 *
 * <p>Source: the CID specification of multiformats. Version 0 is base58btc text of a sha2-256
 * multihash of dag-pb; version 1 is written in base32 unless asked otherwise.
 */
public final class Cid implements Comparable<Cid>, Serializable {
  private static final long serialVersionUID = 1L;
  private static final int V0_CHARS = 46;

  private final int version;
  private final long codec;
  private final Multihash multihash;

  private Cid(int version, long codec, Multihash multihash) {
    this.version = version;
    this.codec = codec;
    this.multihash = multihash;
  }

  /** A version 1 CID. */
  public static Cid v1(long codec, Multihash multihash) {
    return new Cid(1, codec, multihash);
  }

  /** A version 0 CID: dag-pb under sha2-256. */
  public static Cid v0(Multihash multihash) {
    if (multihash.function() != HashFunction.SHA2_256) {
      throw new IllegalArgumentException("Cannot make CIDv0: " + multihash + " (sha2-256)");
    }
    return new Cid(0, Codec.DAG_PB, multihash);
  }

  /** The version 1 CID of {@code bytes} under {@code codec} and sha2-256. */
  public static Cid hashOf(long codec, byte[] bytes) {
    return v1(codec, Multihash.sha256(bytes));
  }

  /**
   * Reads the text form, version 0 or 1, in any multibase.
   *
   * @throws MalformedContentException if it is not a CID
   */
  public static Cid parse(String text) throws MalformedContentException {
    if (!Multibase.plausible(text)) {
      throw new MalformedContentException(
          "Cannot read CID: not ASCII of at most " + Multibase.MAX_CHARS + " characters");
    }
    try {
      boolean v0 = text.length() == V0_CHARS && text.startsWith("Qm");
      Cid cid = fromBytes(v0 ? Multibase.BASE58_BTC.decodeBody(text) : Multibase.decode(text));
      if (!v0 && cid.version == 0) {
        throw new MalformedContentException("version 0 with a multibase prefix");
      }
      return cid;
    } catch (MalformedContentException e) {
      throw new MalformedContentException(
          "Cannot read CID: " + text + " (" + e.getMessage() + ")", e);
    }
  }

  /** True if {@link #parse} would accept {@code text}. */
  public static boolean isCid(String text) {
    try {
      parse(text);
      return true;
    } catch (MalformedContentException e) {
      return false;
    }
  }

  /** Reads the binary form, which must fill {@code bytes}. */
  public static Cid fromBytes(byte[] bytes) throws MalformedContentException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    Cid cid = read(in);
    if (in.hasRemaining()) {
      throw new MalformedContentException(
          "Cannot read CID: " + in.remaining() + " bytes behind it (none)");
    }
    return cid;
  }

  /** Reads one CID in binary form and moves the buffer past it. */
  public static Cid read(ByteBuffer in) throws MalformedContentException {
    if (in.remaining() >= 34 && in.get(in.position()) == 0x12 && in.get(in.position() + 1) == 32) {
      return v0(Multihash.read(in));
    }
    long version = Varint.read(in);
    if (version != 1) {
      throw new MalformedContentException("Cannot read CID: version " + version + " (0 or 1)");
    }
    long codec = Varint.read(in);
    return v1(codec, Multihash.read(in));
  }

  public int version() {
    return version;
  }

  /** The multicodec code of the content, see {@link Codec}. */
  public long codec() {
    return codec;
  }

  public Multihash multihash() {
    return multihash;
  }

  /** True if it holds its block's bytes itself. */
  public boolean isIdentity() {
    return multihash.function() == HashFunction.IDENTITY;
  }

  /** The binary form. */
  public byte[] toBytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(40);
    if (version == 1) {
      Varint.write(out, 1);
      Varint.write(out, codec);
    }
    multihash.write(out);
    return out.toByteArray();
  }

  /** The text form in {@code base}; version 0 has one form only and ignores it. */
  public String toString(Multibase base) {
    return version == 0 ? Multibase.BASE58_BTC.encodeBody(toBytes()) : base.encode(toBytes());
  }

  /** The text form: base58btc for version 0, base32 for version 1. */
  @Override
  public String toString() {
    return toString(Multibase.BASE32);
  }

  @Override
  public int compareTo(Cid other) {
    int byHash = multihash.compareTo(other.multihash);
    if (byHash != 0) {
      return byHash;
    }
    int byCodec = Long.compareUnsigned(codec, other.codec);
    return byCodec != 0 ? byCodec : Integer.compare(version, other.version);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Cid other
        && version == other.version
        && codec == other.codec
        && multihash.equals(other.multihash);
  }

  @Override
  public int hashCode() {
    return (31 * version + Long.hashCode(codec)) * 31 + multihash.hashCode();
  }
}
