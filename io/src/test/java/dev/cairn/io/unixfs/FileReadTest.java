package dev.cairn.io.unixfs;

import static dev.cairn.io.unixfs.Fixtures.file;
import static dev.cairn.io.unixfs.Fixtures.link;
import static dev.cairn.io.unixfs.Fixtures.node;
import static dev.cairn.io.unixfs.Fixtures.raw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.block.CorruptBlockException;
import dev.cairn.io.block.IntegrityException;
import dev.cairn.io.block.MemoryStore;
import dev.cairn.io.block.MissingBlockException;
import dev.cairn.io.block.PbLink;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.cid.HashFunction;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.cid.Multihash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileReadTest {
  private final MemoryStore store = new MemoryStore();
  private final UnixFs unixfs = new UnixFs(store);

  @ParameterizedTest
  @ValueSource(strings = {"trickle-v0", "binary-raw", "wide-v0", "blake2b", "metadata-v0"})
  void readsFilesOfOtherProfilesWholeAndInParts(String archive) throws IOException {
    Cid file = Fixtures.car(archive, store);

    assertReads(file, Golden.prng(6000), 500);
  }

  @Test
  void readsItsOwnProfile() throws IOException {
    byte[] bytes = Golden.prng(3 * Golden.MIB + 5);
    try (FileWriter out = new UnixFsWriter(store, Path.of("unused")).file()) {
      out.write(bytes);
      assertReads(out.finish().cid(), bytes, 50);
    }
  }

  @Test
  void readsInlineBytesBeforeChildrenIdentityCidsAndEmptyChildren() throws IOException {
    byte[] bytes = Golden.prng(100);
    Cid inCid =
        Cid.v1(Codec.RAW, Multihash.of(HashFunction.IDENTITY, Arrays.copyOfRange(bytes, 60, 70)));
    Cid empty = raw(store, new byte[0]);
    Cid inner =
        node(
            store,
            file(Arrays.copyOfRange(bytes, 30, 60), 40, 0, 10, 0),
            link("", empty, 0),
            link("", inCid, 10),
            link("", empty, 0));
    Cid leaf = node(store, file(Arrays.copyOfRange(bytes, 70, 100), -1));
    Cid root =
        node(
            store,
            file(Arrays.copyOf(bytes, 30), -1, 0, 40, 30),
            link("", empty, 0),
            link("", inner, 40),
            link("", leaf, 30));

    assertReads(root, bytes, 300);
  }

  @Test
  void anEmptyFileIsAtItsEnd() throws IOException {
    assertReads(raw(store, new byte[0]), new byte[0], 3);
    assertReads(node(store, file(null, 0)), new byte[0], 3);
  }

  @Test
  void seekingReadsOnlyTheWayToTheLeaf() throws IOException {
    Cid file = Fixtures.car("binary-raw", store);
    try (SeekableByteChannel in = unixfs.open(file)) {
      store.takeReads();
      in.position(5900);
      in.read(ByteBuffer.allocate(10));
      assertThat(store.takeReads()).hasSize(4);
      in.position(5990);
      in.read(ByteBuffer.allocate(10));
      assertThat(store.takeReads()).isEmpty();
      in.position(5400);
      in.read(ByteBuffer.allocate(1));
      assertThat(store.takeReads()).hasSize(1);
    }
  }

  @Test
  void aChannelIsReadOnlyAndCloses() throws IOException {
    SeekableByteChannel in = unixfs.open(raw(store, new byte[3]));

    assertThatThrownBy(() -> in.write(ByteBuffer.allocate(1)))
        .isInstanceOf(NonWritableChannelException.class);
    assertThatThrownBy(() -> in.truncate(1)).isInstanceOf(NonWritableChannelException.class);
    assertThatThrownBy(() -> in.position(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThat(in.isOpen()).isTrue();
    in.close();
    assertThat(in.isOpen()).isFalse();
    assertThatThrownBy(() -> in.read(ByteBuffer.allocate(1)))
        .isInstanceOf(ClosedChannelException.class);
  }

  @Test
  void aChildOfAnotherSizeThanDeclaredIsAnIntegrityError() throws IOException {
    Cid shorter = node(store, file(null, 11, 11), link("", raw(store, new byte[10]), 10));
    Cid longer = node(store, file(null, 9, 9), link("", raw(store, new byte[10]), 10));

    for (Cid root : new Cid[] {shorter, longer}) {
      assertThatThrownBy(() -> readAll(root))
          .isInstanceOf(IntegrityException.class)
          .hasMessageContaining("10 bytes");
    }
  }

  @Test
  void sizesThatDoNotAddUpAreMalformed() throws IOException {
    Cid leaf = raw(store, new byte[10]);

    assertMalformed(node(store, file(null, 11, 10), link("", leaf, 10)), "file size 11");
    assertMalformed(node(store, file(null, 10), link("", leaf, 10)), "0 block sizes for 1 links");
    assertMalformed(node(store, file(new byte[5], 4)), "file size 4");
    assertMalformed(
        node(store, file(null, -1, Long.MAX_VALUE, 10), link("", leaf, 10), link("", leaf, 10)),
        "2^63");
  }

  @Test
  void whatIsNoFileIsMalformed() throws IOException {
    assertMalformed(node(store, UnixFsData.directory()), "a file was expected");
    assertMalformed(node(store, UnixFsData.symlink(new byte[1])), "a file was expected");
    assertMalformed(node(store, new byte[] {8, 3}), "type 3");
    assertMalformed(node(store, new byte[] {8, 9}), "type 9");
    assertMalformed(node(store, new byte[] {1, 2, 3}), "Cannot read UnixFS node");
    assertMalformed(node(store, (byte[]) null), "without data");
    Cid cbor = Cid.v1(Codec.DAG_CBOR, raw(store, new byte[] {0x60}).multihash());
    assertMalformed(cbor, "codec 0x71");
    Cid folderInside = node(store, UnixFsData.directory());
    Cid root = node(store, file(null, 1, 1), link("", folderInside, 1));
    assertThatThrownBy(() -> readAll(root)).isInstanceOf(MalformedContentException.class);
  }

  @Test
  void aFileDeeperThanTheLimitIsMalformed() throws IOException {
    Cid chain = raw(store, new byte[1]);
    for (int i = 0; i < FileCursor.MAX_DEPTH; i++) {
      chain = node(store, file(null, 1, 1), link("", chain, 1));
    }
    assertThat(readAll(chain)).hasSize(1);
    Cid deeper = node(store, file(null, 1, 1), link("", chain, 1));

    assertThatThrownBy(() -> readAll(deeper))
        .isInstanceOf(MalformedContentException.class)
        .hasMessageContaining("64");
  }

  @Test
  void missingAndCorruptLeavesAreNamed() throws IOException {
    Cid leaf = raw(store, new byte[10]);
    Cid root = node(store, file(null, 10, 10), link("", leaf, 10));
    store.corrupt(leaf, new byte[11]);
    assertThatThrownBy(() -> readAll(root))
        .isInstanceOf(CorruptBlockException.class)
        .hasMessageContaining(leaf.toString());
    store.remove(leaf);
    assertThatThrownBy(() -> readAll(root))
        .isInstanceOf(MissingBlockException.class)
        .hasMessageContaining(leaf.toString());
  }

  @Test
  void packedBlockSizesAreRead() throws IOException {
    byte[] bytes = Golden.prng(20);
    byte[] message = {8, 2, 24, 20, 34, 2, 10, 10, 56, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1};
    Cid root =
        node(
            store,
            message,
            link("", raw(store, Arrays.copyOf(bytes, 10)), 10),
            link("", raw(store, Arrays.copyOfRange(bytes, 10, 20)), 10));

    assertReads(root, bytes, 20);
  }

  private byte[] readAll(Cid file) throws IOException {
    try (InputStream in = unixfs.openStream(file)) {
      return in.readAllBytes();
    }
  }

  private void assertMalformed(Cid file, String message) {
    assertThatThrownBy(() -> unixfs.open(file))
        .isInstanceOf(MalformedContentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void copiesAheadWhatIsSoundAndTellsTheFirstDamage() throws IOException {
    byte[] bytes = Golden.prng(12 * 1000);
    Cid[] leaves = new Cid[12];
    PbLink[] links = new PbLink[12];
    long[] sizes = new long[12];
    for (int i = 0; i < leaves.length; i++) {
      leaves[i] = raw(store, Arrays.copyOfRange(bytes, i * 1000, (i + 1) * 1000));
      links[i] = link("", leaves[i], 1000);
      sizes[i] = 1000;
    }
    Cid root = node(store, file(null, bytes.length, sizes), links);
    assertThat(copy(root, 2500, 7000)).isEqualTo(Arrays.copyOfRange(bytes, 2500, 9500));

    store.corrupt(leaves[7], new byte[1000]);
    store.remove(leaves[8]);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThatThrownBy(() -> unixfs.copy(root, 0, Long.MAX_VALUE, out))
        .isInstanceOf(CorruptBlockException.class)
        .hasMessageContaining(leaves[7].toString());
    assertThat(out.toByteArray()).isEqualTo(Arrays.copyOf(bytes, 7000));
    assertThatThrownBy(() -> copy(root, 8500, 10)).isInstanceOf(MissingBlockException.class);
    assertThat(copy(root, 9000, 10)).isEqualTo(Arrays.copyOfRange(bytes, 9000, 9010));
  }

  private byte[] copy(Cid file, long offset, long length) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(unixfs.copy(file, offset, length, out)).isEqualTo(out.size());
    return out.toByteArray();
  }

  /** Whole, as a stream, and in random ranges from one channel and copied out. */
  private void assertReads(Cid file, byte[] bytes, int ranges) throws IOException {
    assertThat(unixfs.stat(file)).isEqualTo(new Stat(file, NodeKind.FILE, bytes.length, null));
    assertThat(readAll(file)).isEqualTo(bytes);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (InputStream in = unixfs.openStream(file)) {
      long skipped = in.skip(bytes.length / 3);
      assertThat(skipped).isEqualTo(bytes.length / 3);
      assertThat(in.transferTo(out)).isEqualTo(bytes.length - skipped);
      assertThat(in.read()).isEqualTo(-1);
      assertThat(in.skip(1)).isZero();
    }
    assertThat(out.toByteArray())
        .isEqualTo(Arrays.copyOfRange(bytes, bytes.length / 3, bytes.length));
    Random random = new Random(bytes.length);
    try (SeekableByteChannel in = unixfs.open(file)) {
      assertThat(in.size()).isEqualTo(bytes.length);
      for (int i = 0; i < ranges; i++) {
        int from = random.nextInt(bytes.length + 2);
        ByteBuffer part = ByteBuffer.allocate(random.nextInt(bytes.length + 2));
        int read = in.position(from).read(part);
        int to = (int) Math.min(bytes.length, from + (long) part.capacity());
        byte[] expected = from >= to ? new byte[0] : Arrays.copyOfRange(bytes, from, to);
        assertThat(read).isEqualTo(from >= bytes.length ? -1 : expected.length);
        assertThat(Arrays.copyOf(part.array(), part.position())).isEqualTo(expected);
        assertThat(in.position()).isEqualTo(from + (long) expected.length);
        assertThat(copy(file, from, part.capacity())).isEqualTo(expected);
      }
    }
  }

  @Test
  void aWriterThatDiscardsGivesTheSameCid() throws IOException {
    byte[] bytes = Golden.prng(Golden.MIB + 1);
    try (FileWriter kept = new UnixFsWriter(store, Path.of("unused")).file();
        FileWriter dropped = new UnixFsWriter(BlockWriter.discarding(), Path.of("unused")).file()) {
      kept.write(bytes);
      dropped.write(bytes);
      assertThat(dropped.finish()).isEqualTo(kept.finish());
      assertThatThrownBy(kept::finish).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> kept.write(1)).isInstanceOf(IOException.class);
    }
  }
}
