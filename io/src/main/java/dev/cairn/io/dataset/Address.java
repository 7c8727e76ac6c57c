package dev.cairn.io.dataset;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.HashFunction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Where a record lies and what it says in 32 bytes: what travels through a pipeline in the record's
 * stead. Ordered by key, then part, then path, then content. Immutable; the content array is shared
 * and must not be changed.
 *
 * @param id the record's key
 * @param part empty for a record that is a document by itself; else what it is of the document that
 *     all records of its key make together, which is also its place there
 * @param refersTo key of the record that completes what this one says of its document; empty if
 *     there is none
 * @param path of its file below the input root
 * @param file CID of that file, or of what it was unpacked to
 * @param unpacked true if {@code file} is what the file at {@code path} was unpacked to, which is
 *     in the store
 * @param offset of its first byte in {@code file}
 * @param length in bytes
 * @param record CID of its own bytes
 * @param content SHA-256 of its documents row but for where it came from; of a part, of what it
 *     says
 * @param textBytes about how much text it has, to share work by
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record Address(
    String id,
    String part,
    String refersTo,
    String path,
    Cid file,
    boolean unpacked,
    long offset,
    long length,
    Cid record,
    byte[] content,
    long textBytes)
    implements Comparable<Address> {

  /** Bytes of an encoded address at most (design.md): a million of them pass in 1 GB. */
  public static final int MAX_BYTES = 1024;

  private static final int CONTENT_BYTES = 32;

  /** Bytes of the longest binary CID under sha2-256 with all else that is no text. */
  private static final int FIXED_BYTES = 192;

  /** Bytes of a key that may refer to another, and that others may refer to: see {@link #under}. */
  private static final int REFERRING_KEY_BYTES = 128;

  private static final Comparator<Address> ORDER =
      Comparator.comparing(Address::id, KeyOrder.INSTANCE)
          .thenComparing(Address::part, KeyOrder::compareBytes)
          .thenComparing(Address::path, KeyOrder::compareBytes)
          .thenComparing(Address::content, Arrays::compareUnsigned)
          .thenComparingLong(Address::offset);

  public Address {
    if (content.length != CONTENT_BYTES) {
      throw new IllegalArgumentException("Cannot address " + id + ": digest (32 bytes)");
    }
    if (file.multihash().function() != HashFunction.SHA2_256 || offset < 0 || length < 0) {
      throw new IllegalArgumentException("Cannot address " + id + ": " + file + " (a place in it)");
    }
  }

  /**
   * True if an address fits {@link #MAX_BYTES}, also under the id of any that may refer to it.
   *
   * @param refersTo empty if it refers to none
   */
  public static boolean fits(String id, String part, String refersTo, String path) {
    int idBytes = Math.max(utf8Length(id), REFERRING_KEY_BYTES);
    if (!refersTo.isEmpty() && idBytes > REFERRING_KEY_BYTES) {
      return false;
    }
    return idBytes + utf8Length(part) + utf8Length(refersTo) + utf8Length(path)
        <= MAX_BYTES - FIXED_BYTES;
  }

  /** The same record as a part of the document {@code id}, which refers to it. */
  public Address under(String id) {
    return new Address(
        id, part, refersTo, path, file, unpacked, offset, length, record, content, textBytes);
  }

  private static int utf8Length(String text) {
    return text.length() > MAX_BYTES ? MAX_BYTES : text.getBytes(StandardCharsets.UTF_8).length;
  }

  @Override
  public int compareTo(Address other) {
    return ORDER.compare(this, other);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Address other
        && compareTo(other) == 0
        && refersTo.equals(other.refersTo)
        && file.equals(other.file)
        && unpacked == other.unpacked
        && length == other.length
        && record.equals(other.record)
        && textBytes == other.textBytes;
  }

  @Override
  public int hashCode() {
    return 31 * id.hashCode() + Arrays.hashCode(content);
  }
}
