package dev.cairn.io.block;

import static dev.cairn.io.cid.HashFunction.MAX_IDENTITY_BYTES;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.HashFunction;
import dev.cairn.io.cid.Multihash;

/** Bytes that do not hash to their CID. Never retried from the same copy, never served. */
public final class CorruptBlockException extends IntegrityException {
  private static final long serialVersionUID = 1L;

  private final String where;
  private final String computed;

  CorruptBlockException(Cid cid, String where, byte[] bytes) {
    this(cid, where, hashOf(cid.multihash().function(), bytes));
  }

  /**
   * For bytes that could not even be read as a block.
   *
   * @param computed the hash that was computed, or what was found in its place
   */
  public CorruptBlockException(Cid cid, String where, String computed) {
    super("Cannot read block: " + cid + " (" + where + " holds " + computed + ")", cid, null);
    this.where = where;
    this.computed = computed;
  }

  /** The tier and place that holds the bad copy. */
  public String where() {
    return where;
  }

  /** The hash that was computed. */
  public String computed() {
    return computed;
  }

  private static String hashOf(HashFunction function, byte[] bytes) {
    boolean fits = function != HashFunction.IDENTITY || bytes.length <= MAX_IDENTITY_BYTES;
    return fits
        ? Multihash.of(function, function.digest(bytes, 0, bytes.length)).toString()
        : bytes.length + " bytes";
  }
}
