package dev.cairn.io.store;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.HashThreads;
import dev.cairn.io.car.CarSection;
import dev.cairn.io.car.CarV2Header;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.HashFunction;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.cid.Multihash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Tells what of packs must stay. Takes some 16 bytes of memory a block of one pack. Not
 * thread-safe.
 */
final class PackSurvey {
  private final Home home;
  private final Mark mark;

  PackSurvey(Home home, Mark mark) {
    this.home = home;
    this.mark = mark;
  }

  /** What is told of blocks that must stay. */
  interface Visitor {
    /** A good copy was read. */
    void good(Block block) throws IOException;

    /** The pack's copy is damaged. */
    void damaged(Cid cid) throws IOException;
  }

  /** Counts by the pack's index alone; null if the pack is gone. */
  @Nullable PackCount count(String pack) throws IOException {
    try (DiskFile file = open(pack)) {
      return places(file, pack).count(pack, file.size());
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Compares every byte of a pack, as verify does; true if it is sound, or gone. */
  boolean isSound(String pack) throws IOException {
    Findings findings = new Findings(bytes -> {});
    try (DiskFile file = open(pack);
        HashThreads threads = new HashThreads(1)) {
      new PackCheck(file, pack, pack, findings, threads).run();
    } catch (NoSuchFileException e) {
      return true;
    }
    return findings.report().isClean();
  }

  /** Reads and hashes what must stay of a pack, in the order of the file. */
  void read(String pack, Visitor visitor) throws IOException {
    try (DiskFile file = open(pack)) {
      boolean whole = true;
      for (long offset : places(file, pack).live) {
        Block block = SectionReader.readAny(file, CarV2Header.BYTES + offset);
        Cid cid = block == null ? null : mark.find(block.cid().multihash());
        if (block == null || cid == null) {
          whole = false;
        } else {
          visitor.good(Block.verified(cid, block.bytes(), pack));
        }
      }
      if (!whole) {
        damaged(file, pack, visitor);
      }
    } catch (NoSuchFileException e) {
      // Gone since it was listed: what had to stay of it was copied before.
      return;
    }
  }

  /** Asks for each block by name: a section that cannot be read does not tell its own. */
  private void damaged(DiskFile file, String pack, Visitor visitor) throws IOException {
    List<Cid> damaged = new ArrayList<>();
    try {
      for (IndexPages bucket : PackIndex.load(file, pack).buckets()) {
        forEntries(
            file,
            bucket,
            (multihash, offset) -> {
              Cid cid = mark.find(multihash);
              Block block = SectionReader.readAny(file, CarV2Header.BYTES + offset);
              if (cid != null && (block == null || !block.cid().multihash().equals(multihash))) {
                damaged.add(cid);
              }
            });
      }
    } catch (MalformedContentException e) {
      // Without an index only whole blocks are found, so none that was found is damaged.
      return;
    }
    for (Cid cid : damaged) {
      visitor.damaged(cid);
    }
  }

  /** Where blocks lie in one pack: offsets from the payload's start, sorted. */
  private static final class Places {
    /** Of all blocks and, where the index is whole, of the seal. */
    private final long[] all;

    /** Of blocks that must stay. */
    private final long[] live;

    private final long blocks;
    private final boolean damaged;

    Places(LongStream.Builder all, LongStream.Builder live, long blocks, boolean damaged) {
      this.all = all.build().sorted().toArray();
      this.live = live.build().sorted().toArray();
      this.blocks = blocks;
      this.damaged = damaged;
    }

    PackCount count(String pack, long fileBytes) {
      long liveBytes = 0;
      for (long offset : live) {
        int next = Arrays.binarySearch(all, offset) + 1;
        liveBytes += (next < all.length ? all[next] : fileBytes - CarV2Header.BYTES) - offset;
      }
      return new PackCount(pack, fileBytes, live.length, liveBytes, blocks - live.length, damaged);
    }
  }

  private Places places(DiskFile file, String pack) throws IOException {
    try {
      return indexed(file, pack);
    } catch (MalformedContentException e) {
      return scanned(file);
    }
  }

  private Places indexed(DiskFile file, String pack) throws IOException {
    LongStream.Builder all = LongStream.builder();
    LongStream.Builder live = LongStream.builder();
    long blocks = 0;
    for (IndexPages bucket : PackIndex.load(file, pack).buckets()) {
      boolean seal = bucket.code() == HashFunction.IDENTITY.code();
      blocks += seal ? 0 : bucket.entries();
      forEntries(
          file,
          bucket,
          (multihash, offset) -> {
            all.add(offset);
            if (!seal && mark.find(multihash) != null) {
              live.add(offset);
            }
          });
    }
    return new Places(all, live, blocks, false);
  }

  private Places scanned(DiskFile file) throws IOException {
    LongStream.Builder all = LongStream.builder();
    LongStream.Builder live = LongStream.builder();
    long blocks = 0;
    PackScanner scanner = new PackScanner(file);
    try {
      for (CarSection section = scanner.next();
          section != null && !PackFormat.isSeal(section);
          section = scanner.next()) {
        all.add(scanner.offset());
        blocks++;
        Multihash multihash = section.cid().multihash();
        boolean good = multihash.matches(scanner.bytes(), scanner.dataAt(), section.dataBytes());
        if (good && mark.find(multihash) != null) {
          live.add(scanner.offset());
        }
      }
    } catch (MalformedContentException e) {
      // As far as it can be read; what cannot is not counted.
      return new Places(all, live, blocks, true);
    }
    return new Places(all, live, blocks, true);
  }

  private interface EntryVisitor {
    void entry(Multihash multihash, long offset) throws IOException;
  }

  private static void forEntries(DiskFile file, IndexPages bucket, EntryVisitor visitor)
      throws IOException {
    HashFunction function = HashFunction.ofCode(bucket.code());
    byte[] entry = new byte[bucket.width()];
    int digestBytes = entry.length - Long.BYTES;
    try (InputStream in = new DiskFileStream(file, bucket.position(), bucket.end())) {
      while (in.readNBytes(entry, 0, entry.length) == entry.length) {
        Multihash multihash = Multihash.of(function, Arrays.copyOf(entry, digestBytes));
        long offset = ByteBuffer.wrap(entry).order(ByteOrder.LITTLE_ENDIAN).getLong(digestBytes);
        visitor.entry(multihash, offset);
      }
    }
  }

  private DiskFile open(String pack) throws IOException {
    Path path = home.packs().resolve(PackFormat.fileName(pack));
    return home.disk().open(path);
  }
}
