package dev.cairn.transforms.record;

import dev.cairn.io.block.Block;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;

/**
 * A word that nobody else knows, lent to a run at a node: who finds it under the run's name talks
 * to the launcher's node.
 *
 * @param text the word
 */
public record NodeWord(String text) implements Serializable {
  /** What it is called among the things that a run was lent. */
  public static final String NAME = "word";

  private static final long serialVersionUID = 1L;

  /** The word as a file of one block. */
  public Block block() {
    return Block.of(Codec.RAW, text.getBytes(StandardCharsets.US_ASCII));
  }

  Cid cid() {
    return block().cid();
  }
}
