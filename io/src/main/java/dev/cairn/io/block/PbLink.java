package dev.cairn.io.block;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A link of a dag-pb node. Its name is bytes: writers exist that put any bytes there, and such a
 * DAG can still be pinned and exported. Immutable; the array is shared and nobody may change it.
 */
public final class PbLink {
  private final Cid cid;
  private final byte[] name;
  private final long tsize;

  /**
   * A link.
   *
   * @param tsize bytes of all blocks below the link, each counted as often as it is linked
   */
  public PbLink(Cid cid, byte[] name, long tsize) {
    this.cid = cid;
    this.name = name;
    this.tsize = tsize;
  }

  public Cid cid() {
    return cid;
  }

  /** The name as it is stored, not a copy. */
  public byte[] nameBytes() {
    return name;
  }

  /**
   * The name as text.
   *
   * @throws MalformedContentException if it is not UTF-8
   */
  public String name() throws MalformedContentException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString();
    } catch (CharacterCodingException e) {
      String shown = new String(name, StandardCharsets.UTF_8);
      throw new MalformedContentException("Cannot read link name: " + shown + " (UTF-8)", e);
    }
  }

  /** Cumulative size in bytes as the writer declared it; 0 where it declared none. */
  public long tsize() {
    return tsize;
  }

  @Override
  public String toString() {
    return "PbLink[" + new String(name, StandardCharsets.UTF_8) + " -> " + cid + "]";
  }
}
