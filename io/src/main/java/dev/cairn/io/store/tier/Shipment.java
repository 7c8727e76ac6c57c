package dev.cairn.io.store.tier;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockStore;
import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.block.CidSet;
import dev.cairn.io.block.DagWalk;
import dev.cairn.io.block.Links;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.kubo.DagStat;
import dev.cairn.io.store.kubo.KuboStore;
import java.io.IOException;
import java.util.List;

/**
 * Sends one DAG to a node and counts it. What seems to be there is not sent: a node with children
 * of which the root is there, with all below it. That is a guess, which the caller proves. Use an
 * instance once.
 */
final class Shipment implements DagWalk.Visitor {
  /** Questions in vain after which no more are asked: then the node has nothing of the DAG. */
  private static final int MAX_MISSES = 256;

  private final KuboStore node;
  private final BlockWriter writer;
  private final boolean guessing;
  private final CidSet there = new CidSet();
  private boolean hit;
  private int misses;
  private long blocks;
  private long bytes;

  private Shipment(KuboStore node, BlockWriter writer, boolean guessing) {
    this.node = node;
    this.writer = writer;
    this.guessing = guessing;
  }

  /**
   * Sends what the node does not seem to have.
   *
   * @return what the whole DAG has
   */
  static DagStat sendMissing(BlockStore from, KuboStore node, Cid root) throws IOException {
    return send(from, node, root, true);
  }

  /** Sends the whole DAG. */
  static DagStat sendAll(BlockStore from, KuboStore node, Cid root) throws IOException {
    return send(from, node, root, false);
  }

  private static DagStat send(BlockStore from, KuboStore node, Cid root, boolean guessing)
      throws IOException {
    try (BlockWriter writer = node.newWriter()) {
      Shipment shipment = new Shipment(node, writer, guessing);
      DagWalk.reading(from).from(root, shipment);
      writer.seal();
      return new DagStat(shipment.blocks, shipment.bytes);
    }
  }

  @Override
  public void block(Block block) throws IOException {
    blocks++;
    bytes += block.size();
    if (there.contains(block.cid()) || seemsThere(block)) {
      for (Cid child : Links.of(block)) {
        there.add(child);
      }
    } else {
      writer.put(block);
    }
  }

  private boolean seemsThere(Block block) throws IOException {
    if (!guessing || (!hit && misses >= MAX_MISSES)) {
      return false;
    }
    List<Cid> links = Links.mayLink(block.cid().codec()) ? Links.of(block) : List.of();
    if (links.isEmpty()) {
      return false;
    }
    if (node.has(block.cid())) {
      hit = true;
      return true;
    }
    misses++;
    return false;
  }
}
