package dev.cairn.io.store;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.DagPb;
import dev.cairn.io.block.Links;
import dev.cairn.io.block.PbLink;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.cid.HashFunction;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.cid.Multihash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** The few small DAGs of one history, which share blocks. */
final class SimDags {
  private final SplittableRandom random;
  private final Map<Cid, Block> blocks = new LinkedHashMap<>();
  private final Map<Cid, Set<Cid>> reached = new HashMap<>();
  private final List<Cid> roots = new ArrayList<>();

  /** Makes DAGs of some leaves and nodes. */
  SimDags(SplittableRandom random, int leaves, int nodes) {
    this.random = random;
    List<Cid> below = new ArrayList<>();
    for (int i = 0; i < leaves; i++) {
      int repeat = random.nextInt(8) == 0 ? 1 + random.nextInt(300) : 1;
      below.add(
          add(Block.raw(("leaf " + i + "; ").repeat(repeat).getBytes(StandardCharsets.US_ASCII))));
    }
    below.add(Cid.v1(Codec.RAW, Multihash.of(HashFunction.IDENTITY, new byte[] {1})));
    for (int i = 0; i < nodes; i++) {
      Block node = node(below, leaves > 20 && i == 0 ? leaves : 1 + random.nextInt(4), i);
      roots.add(add(node));
      below.add(random.nextInt(4) == 0 ? Cid.v0(node.cid().multihash()) : node.cid());
    }
    roots.add(below.get(0));
    // The same bytes, also added as a file: one multihash, and no children.
    Block first = block(roots.get(0));
    roots.add(add(first.as(Cid.v1(Codec.RAW, first.cid().multihash()))));
  }

  private Block node(List<Cid> below, int links, int number) {
    List<PbLink> to = new ArrayList<>();
    for (int i = 0; i < links; i++) {
      Cid cid = links > 20 ? below.get(i) : below.get(random.nextInt(below.size()));
      to.add(new PbLink(cid, new byte[0], 0));
    }
    byte[] data = ("node " + number).getBytes(StandardCharsets.US_ASCII);
    return Block.of(Codec.DAG_PB, DagPb.encode(to, data));
  }

  /** Adds a block above those that are there. */
  Cid add(Block block) {
    blocks.put(block.cid(), block);
    return block.cid();
  }

  /** A root that something may be made of. */
  Cid someRoot() {
    return roots.get(random.nextInt(roots.size()));
  }

  /** Any block. */
  Cid someBlock() {
    List<Cid> all = new ArrayList<>(blocks.keySet());
    return all.get(random.nextInt(all.size()));
  }

  Set<Cid> all() {
    return blocks.keySet();
  }

  Block block(Cid cid) {
    if (cid.isIdentity()) {
      return Block.identity(cid);
    }
    Block block = blocks.get(cid.version() == 0 ? Cid.v1(cid.codec(), cid.multihash()) : cid);
    if (block == null) {
      throw new AssertionError("unknown block " + cid);
    }
    return block;
  }

  /** All blocks of a DAG, children first, identity CIDs left out; under version 1. */
  Set<Cid> below(Cid root) {
    Cid cid = root.version() == 0 ? Cid.v1(root.codec(), root.multihash()) : root;
    Set<Cid> known = reached.get(cid);
    if (known == null) {
      known = new LinkedHashSet<>();
      if (!cid.isIdentity()) {
        for (Cid link : links(block(cid))) {
          known.addAll(below(link));
        }
        known.add(cid);
      }
      reached.put(cid, known);
    }
    return known;
  }

  private static List<Cid> links(Block block) {
    try {
      return Links.of(block);
    } catch (MalformedContentException e) {
      throw new AssertionError(e);
    }
  }
}
