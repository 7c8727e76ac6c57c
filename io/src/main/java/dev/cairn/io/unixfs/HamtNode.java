package dev.cairn.io.unixfs;

import dev.cairn.io.block.PbLink;
import dev.cairn.io.cid.MalformedContentException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A node of a HAMT directory with its place in the tree. A link's name is its slot in hexadecimal,
 * alone for a child node, else followed by the entry's name. Checked on the way: slots ascend and
 * are those of the bit field, and every entry lies where its hash says.
 */
final class HamtNode {
  /** Slots of a node at most: Kubo's limit. */
  static final int MAX_FANOUT = 1024;

  private static final int MIN_FANOUT = 8;

  private final Node node;

  /** Bits of hash a level. */
  private final int width;

  /** The bits of hash that lead to this node, and their number. */
  private final long path;

  private final int pathBits;
  private final int[] slots;

  private HamtNode(Node node, int width, long path, int pathBits) throws MalformedContentException {
    this.node = node;
    this.width = width;
    this.path = path;
    this.pathBits = pathBits;
    this.slots = slots(node, width);
  }

  static HamtNode root(Node node) throws MalformedContentException {
    long fanout = node.data().fanout();
    if (fanout < MIN_FANOUT || fanout > MAX_FANOUT || Long.bitCount(fanout) != 1) {
      throw node.malformed("HAMT fanout " + fanout + ", a power of 2 from 8 to " + MAX_FANOUT);
    }
    if (node.data().hashType() != Murmur.CODE) {
      throw node.malformed("HAMT hash " + node.data().hashType() + ", murmur3-x64-64 is 34");
    }
    return new HamtNode(node, Long.numberOfTrailingZeros(fanout), 0, 0);
  }

  /** Reads {@code child} as the node at link {@code i}. */
  HamtNode child(int i, Node child) throws MalformedContentException {
    boolean alike =
        child.data().type() == UnixFsData.HAMT
            && child.data().fanout() == node.data().fanout()
            && child.data().hashType() == Murmur.CODE;
    if (!alike || pathBits + 2 * width > Long.SIZE) {
      throw child.malformed(
          "in a HAMT of fanout " + node.data().fanout() + ", at bit " + (pathBits + width));
    }
    // An entry can lie at one place only, so a listing ends with the entries; a few nodes without
    // any, each linked from all slots of the one above, would be visited 2^60 times for nothing.
    if (child.links().isEmpty()) {
      throw child.malformed("a HAMT node without entries below another");
    }
    return new HamtNode(child, width, path << width | slots[i], pathBits + width);
  }

  int size() {
    return slots.length;
  }

  boolean isChild(int i) {
    return link(i).nameBytes().length == prefixLength();
  }

  PbLink link(int i) {
    return node.links().get(i);
  }

  /** The link at the slot of {@code hash} in this node, or -1. */
  int find(long hash) {
    int slot = (int) (hash >>> (Long.SIZE - pathBits - width)) & ((1 << width) - 1);
    int found = Arrays.binarySearch(slots, slot);
    return found < 0 ? -1 : found;
  }

  /** The entry at link {@code i}, which is not a child node. */
  DirEntry entry(int i) throws MalformedContentException {
    PbLink link = link(i);
    byte[] stored = link.nameBytes();
    byte[] name = Arrays.copyOfRange(stored, prefixLength(), stored.length);
    long place = Murmur.hash(name) >>> (Long.SIZE - pathBits - width);
    String text = new PbLink(link.cid(), name, link.tsize()).name();
    if (place != (path << width | slots[i])) {
      throw node.malformed("entry " + text + " does not lie where its hash says");
    }
    return new DirEntry(text, link.cid(), link.tsize());
  }

  private int prefixLength() {
    return prefixLength(width);
  }

  /** Hexadecimal digits of the highest slot. */
  private static int prefixLength(int width) {
    return (width + 3) / 4;
  }

  private static int[] slots(Node node, int width) throws MalformedContentException {
    BigInteger bits = new BigInteger(1, node.content());
    if (bits.bitLength() > 1 << width || bits.bitCount() != node.links().size()) {
      throw node.malformed("a bit field that does not match its " + node.links().size() + " links");
    }
    int[] slots = new int[node.links().size()];
    int slot = -1;
    for (int i = 0; i < slots.length; i++) {
      do {
        slot++;
      } while (!bits.testBit(slot));
      if (slot != prefix(node.links().get(i).nameBytes(), prefixLength(width))) {
        throw node.malformed("link " + i + " is not at slot " + slot + " of the bit field");
      }
      slots[i] = slot;
    }
    return slots;
  }

  /** The slot that a link's name begins with, or -1. */
  private static int prefix(byte[] name, int length) {
    if (name.length < length) {
      return -1;
    }
    String digits = new String(name, 0, length, StandardCharsets.ISO_8859_1);
    boolean upper = digits.equals(digits.toUpperCase(Locale.ROOT));
    return upper && digits.chars().allMatch(HexFormat::isHexDigit)
        ? HexFormat.fromHexDigits(digits)
        : -1;
  }
}
