package dev.cairn.io.unixfs;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.block.DagPb;
import dev.cairn.io.block.PbLink;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.sort.ExternalSorter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes one folder from its entries, which come in any order. Up to the profile's limit they are
 * held in memory and make a plain directory; beyond it they are sorted, on disk if need be, and
 * make a HAMT. {@link #finish} ends it, {@link #close} deletes temporary files. Not thread-safe.
 */
public final class DirectoryWriter implements Closeable {
  /** Bytes of a large folder's entries held in memory: about 35,000 names. */
  static final int SORT_BYTES = 8 << 20;

  private static final byte[] PLAIN_DATA = UnixFsData.directory().encode();

  private final BlockWriter out;
  private final Path tempFolder;
  private final int sortMemoryBytes;
  private final TreeMap<byte[], PbLink> plain = new TreeMap<>(Arrays::compareUnsigned);
  private long plainBytes = DagPb.encode(List.of(), PLAIN_DATA).length;
  private @Nullable ExternalSorter<HamtEntry> sorter;

  DirectoryWriter(BlockWriter out, Path tempFolder, int sortMemoryBytes) {
    this.out = out;
    this.tempFolder = tempFolder;
    this.sortMemoryBytes = sortMemoryBytes;
  }

  /**
   * Adds an entry.
   *
   * @throws RefusedPathException if the name is not one step of a path, or taken (in a large folder
   *     that is found by {@link #finish})
   */
  public void add(String name, Written child) throws IOException {
    add(name, child.cid(), child.tsize());
  }

  /** Adds an entry that was written before. */
  public void add(String name, Cid cid, long tsize) throws IOException {
    PbLink link = new PbLink(cid, EntryName.encode(name), tsize);
    if (sorter != null) {
      sorter.add(HamtEntry.of(link));
      return;
    }
    if (plain.putIfAbsent(link.nameBytes(), link) != null) {
      throw duplicate(name);
    }
    plainBytes += DagPb.linkSize(cid.toBytes().length, link.nameBytes().length, tsize);
    if (plainBytes > Profile.PLAIN_DIRECTORY_BYTES) {
      sorter =
          new ExternalSorter<>(
              tempFolder, new HamtEntry.Codec(), Comparator.naturalOrder(), sortMemoryBytes);
      for (PbLink each : plain.values()) {
        sorter.add(HamtEntry.of(each));
      }
      plain.clear();
    }
  }

  /** Ends the folder and returns its root. */
  public Written finish() throws IOException {
    if (sorter != null) {
      try (ExternalSorter<HamtEntry> closing = sorter) {
        return new HamtWriter(out).write(closing.sorted());
      }
    }
    List<PbLink> links = new ArrayList<>(plain.values());
    Block block = Block.of(Codec.DAG_PB, DagPb.encode(links, PLAIN_DATA));
    out.put(block);
    long below = links.stream().mapToLong(PbLink::tsize).sum();
    return new Written(block.cid(), 0, below + block.size());
  }

  /** Deletes temporary files of a folder that was not finished. */
  @Override
  public void close() throws IOException {
    if (sorter != null) {
      sorter.close();
    }
  }

  static RefusedPathException duplicate(String name) {
    return new RefusedPathException("Cannot write name: " + name + " (twice in one folder)");
  }
}
