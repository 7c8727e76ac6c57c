package dev.cairn.io.unixfs;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.block.DagPb;
import dev.cairn.io.block.PbLink;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.sort.Sorted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds a HAMT bottom-up from entries in the order of their hashes. An entry lies in the node
 * where its hash first differs from both neighbours', so one path of open nodes is all that is held
 * at any time.
 */
final class HamtWriter {
  private static final int LEVELS = Long.BYTES;
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final BlockWriter out;
  private final Deque<Shard> open = new ArrayDeque<>();

  HamtWriter(BlockWriter out) {
    this.out = out;
  }

  private static final class Shard {
    final int slot;
    final List<PbLink> links = new ArrayList<>();
    final BitSet slots = new BitSet(Profile.FANOUT);
    long tsize;

    Shard(int slot) {
      this.slot = slot;
    }

    /** Children come in the order of their slots. */
    void add(int at, byte[] name, PbLink child) {
      byte[] prefix = HEX.toHexDigits((byte) at).getBytes(StandardCharsets.US_ASCII);
      byte[] linkName = new byte[prefix.length + name.length];
      System.arraycopy(prefix, 0, linkName, 0, prefix.length);
      System.arraycopy(name, 0, linkName, prefix.length, name.length);
      links.add(new PbLink(child.cid(), linkName, child.tsize()));
      slots.set(at);
      tsize += child.tsize();
    }
  }

  /** Writes all nodes and returns the root. */
  Written write(Sorted<HamtEntry> entries) throws IOException {
    open.push(new Shard(0));
    HamtEntry before = null;
    HamtEntry entry = entries.next();
    while (entry != null) {
      HamtEntry after = entries.next();
      add(entry, sharedLevels(before, entry), sharedLevels(entry, after));
      before = entry;
      entry = after;
    }
    while (open.size() > 1) {
      closeDeepest();
    }
    return write(open.pop());
  }

  private void add(HamtEntry entry, int sharedBefore, int sharedAfter) throws IOException {
    while (open.size() - 1 > sharedBefore) {
      closeDeepest();
    }
    int depth = Math.max(sharedBefore, sharedAfter);
    while (open.size() - 1 < depth) {
      open.push(new Shard(slot(entry, open.size() - 1)));
    }
    open.element().add(slot(entry, depth), entry.link().nameBytes(), entry.link());
  }

  private void closeDeepest() throws IOException {
    Shard shard = open.pop();
    Written node = write(shard);
    PbLink link = new PbLink(node.cid(), new byte[0], node.tsize());
    open.element().add(shard.slot, link.nameBytes(), link);
  }

  private Written write(Shard shard) throws IOException {
    byte[] data = UnixFsData.hamt(bitField(shard.slots)).encode();
    Block block = Block.of(Codec.DAG_PB, DagPb.encode(shard.links, data));
    out.put(block);
    return new Written(block.cid(), 0, shard.tsize + block.size());
  }

  /** Slot 0 is the lowest bit of the last byte; leading zero bytes are left out. */
  private static byte[] bitField(BitSet slots) {
    byte[] littleEndian = slots.toByteArray();
    byte[] bytes = new byte[littleEndian.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = littleEndian[bytes.length - 1 - i];
    }
    return bytes;
  }

  private static int slot(HamtEntry entry, int level) {
    return (int) (entry.hash() >>> (Long.SIZE - Byte.SIZE * (level + 1))) & (Profile.FANOUT - 1);
  }

  private static int sharedLevels(@Nullable HamtEntry a, @Nullable HamtEntry b)
      throws RefusedPathException {
    if (a == null || b == null) {
      return 0;
    }
    int shared = Long.numberOfLeadingZeros(a.hash() ^ b.hash()) / Byte.SIZE;
    if (shared == LEVELS) {
      String name = new String(b.link().nameBytes(), StandardCharsets.UTF_8);
      throw a.compareTo(b) == 0
          ? DirectoryWriter.duplicate(name)
          : new RefusedPathException(
              "Cannot write name: " + name + " (another name has its murmur3 hash)");
    }
    return shared;
  }
}
