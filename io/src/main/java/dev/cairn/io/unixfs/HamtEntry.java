package dev.cairn.io.unixfs;

import dev.cairn.io.block.PbLink;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.sort.SortCodec;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/** An entry of a large folder with the hash that places it; ordered by hash, then by name. */
record HamtEntry(long hash, PbLink link) implements Comparable<HamtEntry> {
  /** Bytes of an entry in memory beside its name, by the layout of a 64-bit JVM. */
  private static final int OVERHEAD_BYTES = 200;

  static HamtEntry of(PbLink link) {
    return new HamtEntry(Murmur.hash(link.nameBytes()), link);
  }

  /** Entries in a file while they are sorted. */
  static final class Codec implements SortCodec<HamtEntry> {
    @Override
    public long memory(HamtEntry entry) {
      return OVERHEAD_BYTES + (long) entry.link.nameBytes().length;
    }

    @Override
    public void write(HamtEntry entry, DataOutputStream out) throws IOException {
      PbLink link = entry.link;
      byte[] cid = link.cid().toBytes();
      out.writeLong(entry.hash);
      out.writeShort(link.nameBytes().length);
      out.write(link.nameBytes());
      out.writeShort(cid.length);
      out.write(cid);
      out.writeLong(link.tsize());
    }

    @Override
    public HamtEntry read(DataInputStream in) throws IOException {
      long hash = in.readLong();
      byte[] name = in.readNBytes(in.readUnsignedShort());
      byte[] cid = in.readNBytes(in.readUnsignedShort());
      return new HamtEntry(hash, new PbLink(Cid.fromBytes(cid), name, in.readLong()));
    }
  }

  @Override
  public int compareTo(HamtEntry other) {
    int byHash = Long.compareUnsigned(hash, other.hash);
    return byHash != 0 ? byHash : Arrays.compareUnsigned(link.nameBytes(), other.link.nameBytes());
  }
}
