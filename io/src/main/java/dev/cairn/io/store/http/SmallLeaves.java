package dev.cairn.io.store.http;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.DagPb;
import dev.cairn.io.block.PbLink;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.cid.MalformedContentException;

/**
 * Whether an archive is worth its cost to the node. Measured on Kubo 0.42.0: a {@code block/get}
 * costs it some 0.25 ms and 2.4 ms a MiB, an export 4 to 6 ms a MiB but nearly nothing a block.
 */
public final class SmallLeaves {
  /** Bytes of a leaf where both cost about the same. */
  private static final long LARGE_BYTES = 128 << 10;

  /** Leaves that make up for the request. */
  private static final int FEW = 4;

  private SmallLeaves() {}

  /** True if leaves directly below a block are several, and small as far as its links tell. */
  public static boolean below(Block block) {
    if (block.cid().codec() != Codec.DAG_PB) {
      return false;
    }
    long leaves = 0;
    double bytes = 0;
    try {
      for (PbLink link : DagPb.decode(block.bytes()).links()) {
        if (link.cid().codec() == Codec.RAW) {
          leaves++;
          bytes += link.tsize();
        }
      }
    } catch (MalformedContentException e) {
      return false;
    }
    return leaves >= FEW && bytes <= (double) leaves * LARGE_BYTES;
  }
}
