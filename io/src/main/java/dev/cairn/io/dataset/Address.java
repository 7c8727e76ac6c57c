package dev.cairn.io.dataset;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.HashFunction;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.cid.Varint;
import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Where a record lies, with its id and the digest of its content: what travels through a pipeline
 * in its stead. At most {@value #MAX_BYTES} bytes in binary form. Immutable.
 */
public final class Address implements Comparable<Address>, Serializable {
  private static final long serialVersionUID = 1L;

  /** Bytes of the binary form at most: a million addresses pass in a small heap. */
  public static final int MAX_BYTES = 1024;

  /** Bytes of a content digest: SHA-256. */
  public static final int DIGEST_BYTES = 32;

  private static final Comparator<Address> ORDER =
      Comparator.comparing(Address::id, KeyOrder.INSTANCE)
          .thenComparing(Address::path, KeyOrder::compareBytes)
          .thenComparing(a -> a.digest, Arrays::compareUnsigned)
          .thenComparingLong(Address::offset)
          .thenComparingLong(Address::length)
          .thenComparingLong(Address::textBytes)
          .thenComparing(Address::file);

  private final String id;
  private final Cid file;
  private final String path;
  private final long offset;
  private final long length;
  private final byte[] digest;
  private final long textBytes;

  /**
   * @param id the record's id, its key in a dataset
   * @param file the CID of the file that holds it, under sha2-256
   * @param path of that file below the input root
   * @param offset of the record in the file, in bytes
   * @param length of the record in the file, in bytes
   * @param digest of the record's content, 32 bytes
   * @param textBytes about the bytes of its text, to begin with the largest
   * @throws InvalidAddressException if id and path are too long or have no UTF-8
   */
  public Address(
      String id, Cid file, String path, long offset, long length, byte[] digest, long textBytes) {
    this.id = id;
    this.file = file;
    this.path = path;
    this.offset = offset;
    this.length = length;
    this.digest = digest.clone();
    this.textBytes = textBytes;
    if (digest.length != DIGEST_BYTES || offset < 0 || length < 0 || textBytes < 0) {
      throw new IllegalArgumentException(
          "Cannot make address: " + id + " (a digest of 32 bytes, a place that is not negative)");
    }
    if (file.multihash().function() != HashFunction.SHA2_256) {
      throw new IllegalArgumentException("Cannot make address: " + file + " (sha2-256)");
    }
    int size = toBytes().length;
    if (size > MAX_BYTES) {
      throw new InvalidAddressException(
          "Cannot make address: " + size + " bytes (at most " + MAX_BYTES + ")");
    }
  }

  public String id() {
    return id;
  }

  public Cid file() {
    return file;
  }

  public String path() {
    return path;
  }

  public long offset() {
    return offset;
  }

  public long length() {
    return length;
  }

  /** A copy of the digest. */
  public byte[] digest() {
    return digest.clone();
  }

  public long textBytes() {
    return textBytes;
  }

  /** True if both records have the same content, wherever they lie. */
  public boolean sameContent(Address other) {
    return Arrays.equals(digest, other.digest);
  }

  /**
   * The binary form: id, path and file CID, each behind its length; offset, length and text bytes;
   * the digest. Numbers are varints.
   */
  public byte[] toBytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(160);
    writeText(out, id);
    writeText(out, path);
    write(out, file.toBytes());
    Varint.write(out, offset);
    Varint.write(out, length);
    Varint.write(out, textBytes);
    out.writeBytes(digest);
    return out.toByteArray();
  }

  /**
   * Reads the binary form, which must fill {@code bytes}.
   *
   * @throws MalformedContentException if it is none
   */
  public static Address fromBytes(byte[] bytes) throws MalformedContentException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    String id = readText(in);
    String path = readText(in);
    Cid file = Cid.fromBytes(read(in));
    long offset = Varint.read(in);
    long length = Varint.read(in);
    long textBytes = Varint.read(in);
    if (in.remaining() != DIGEST_BYTES) {
      throw new MalformedContentException(
          "Cannot read address: digest of " + in.remaining() + " bytes (" + DIGEST_BYTES + ")");
    }
    byte[] digest = new byte[DIGEST_BYTES];
    in.get(digest);
    try {
      return new Address(id, file, path, offset, length, digest, textBytes);
    } catch (IllegalArgumentException e) {
      throw new MalformedContentException("Cannot read address: " + e.getMessage(), e);
    }
  }

  private static void writeText(ByteArrayOutputStream out, String text) {
    try {
      ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      Varint.write(out, utf8.remaining());
      out.write(utf8.array(), utf8.arrayOffset(), utf8.remaining());
    } catch (CharacterCodingException e) {
      throw new InvalidAddressException("Cannot make address: a lone surrogate (UTF-8)");
    }
  }

  private static void write(ByteArrayOutputStream out, byte[] bytes) {
    Varint.write(out, bytes.length);
    out.writeBytes(bytes);
  }

  private static String readText(ByteBuffer in) throws MalformedContentException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(read(in))).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedContentException("Cannot read address: its text (UTF-8)", e);
    }
  }

  private static byte[] read(ByteBuffer in) throws MalformedContentException {
    long length = Varint.read(in);
    if (length > in.remaining()) {
      throw new MalformedContentException(
          "Cannot read address: " + length + " bytes (" + in.remaining() + " left)");
    }
    byte[] bytes = new byte[(int) length];
    in.get(bytes);
    return bytes;
  }

  /** By id in key order, then path, then digest, then the rest. */
  @Override
  public int compareTo(Address other) {
    return ORDER.compare(this, other);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Address other && ORDER.compare(this, other) == 0;
  }

  @Override
  public int hashCode() {
    return 31 * id.hashCode() + Arrays.hashCode(digest);
  }

  @Override
  public String toString() {
    return "Address[" + id + ", " + path + " at " + offset + ", " + length + " bytes]";
  }
}
