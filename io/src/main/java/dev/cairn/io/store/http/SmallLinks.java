package dev.cairn.io.store.http;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.DagPb;
import dev.cairn.io.block.PbLink;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.cid.MalformedContentException;
import java.util.List;

/**
 * Whether what is below a node is worth asking for at once. Measured on Kubo 0.42.0: a {@code
 * block/get} costs it some 0.25 ms and 2.4 ms a MiB, an export 4 to 6 ms a MiB but nearly nothing a
 * block.
 */
public final class SmallLinks {
  /** Bytes below a link where both cost about the same. */
  public static final long LARGE_BYTES = 128 << 10;

  /** Links that make up for the request. */
  private static final int FEW = 4;

  private SmallLinks() {}

  /** True if a block has several links, and what they lead to is small as far as they tell. */
  public static boolean below(Block block) {
    return are(of(block));
  }

  /** True if links are several, and what they lead to is small on average as far as they tell. */
  public static boolean are(List<PbLink> links) {
    double bytes = links.stream().mapToDouble(PbLink::tsize).sum();
    return links.size() >= FEW && bytes <= (double) links.size() * LARGE_BYTES;
  }

  /** The links of a block; none if it is no well-formed node. */
  public static List<PbLink> of(Block block) {
    if (block.cid().codec() != Codec.DAG_PB) {
      return List.of();
    }
    try {
      return DagPb.decode(block.bytes()).links();
    } catch (MalformedContentException e) {
      return List.of();
    }
  }
}
