package dev.cairn.io.unixfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.IntegrityException;
import dev.cairn.io.block.MemoryStore;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Whatever the bytes of a node are, it is read or refused as malformed or broken. */
class UnixFsFuzzTest {
  @Property
  void decodeOfEncodeIsTheSame(
      @ForAll @IntRange(min = 0, max = 5) int type,
      @ForAll @Size(max = 50) byte[] content,
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long size,
      @ForAll @Size(max = 20) long[] sizes)
      throws Exception {
    long[] positive = sizes.clone();
    for (int i = 0; i < positive.length; i++) {
      positive[i] &= Long.MAX_VALUE;
    }
    UnixFsData data = new UnixFsData(type, content, size, positive, Murmur.CODE, 256);

    assertThat(UnixFsData.decode(data.encode())).usingRecursiveComparison().isEqualTo(data);
  }

  @Property
  void anyBytesAreAMessageOrMalformed(@ForAll @Size(max = 40) byte[] bytes) {
    try {
      assertThat(UnixFsData.decode(bytes).type()).isBetween(0, 5);
    } catch (MalformedContentException e) {
      assertThat(e).hasMessageStartingWith("Cannot read");
    }
  }

  @Property(tries = 3000)
  void aDamagedRootIsReadOrRefused(
      @ForAll("archives") String archive,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 3) int damages)
      throws IOException {
    MemoryStore store = new MemoryStore();
    Cid root = Fixtures.car(archive, store);
    byte[] bytes = store.get(root).bytes().clone();
    Random random = new Random(seed);
    for (int i = 0; i < damages; i++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    Block damaged = Block.of(root.codec(), bytes);
    store.put(damaged);
    try {
      assertThat(read(new UnixFs(store), damaged.cid())).isLessThan(20_000);
    } catch (MalformedContentException | IntegrityException e) {
      assertThat(e).hasMessageStartingWith("Cannot");
    }
  }

  @Provide
  Arbitrary<String> archives() {
    return Arbitraries.of(
        "trickle-v0", "binary-raw", "wide-v0", "hamt-8-inline", "hamt-1024-v0", "tree");
  }

  private static long read(UnixFs unixfs, Cid cid) throws IOException {
    long bytes = 0;
    if (unixfs.stat(cid).kind() == NodeKind.DIRECTORY) {
      Listing entries = unixfs.list(cid);
      while (entries.hasNext()) {
        bytes += entries.next().name().length();
      }
    } else if (unixfs.stat(cid).kind() == NodeKind.FILE) {
      try (InputStream in = unixfs.openStream(cid)) {
        bytes += in.readAllBytes().length;
      }
    }
    return bytes;
  }
}
