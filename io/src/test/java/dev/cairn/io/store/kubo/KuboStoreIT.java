package dev.cairn.io.store.kubo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.block.CorruptBlockException;
import dev.cairn.io.block.DagPb;
import dev.cairn.io.block.DagWalk;
import dev.cairn.io.block.MissingBlockException;
import dev.cairn.io.block.PbLink;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.store.http.DagStream;
import dev.cairn.io.store.http.Retries;
import dev.cairn.io.store.http.Timeouts;
import dev.cairn.io.store.http.UnavailableException;
import dev.cairn.io.unixfs.AddOptions;
import dev.cairn.io.unixfs.FolderAdd;
import dev.cairn.io.unixfs.FolderGet;
import dev.cairn.io.unixfs.UnixFs;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files and folders into and out of a real node, both ways round. */
class KuboStoreIT {
  private static final int MIB = 1 << 20;

  @RegisterExtension static final RealKubo KUBO = new RealKubo();

  @TempDir Path temp;

  private KuboStore store;

  @BeforeEach
  void open() throws IOException {
    store = KUBO.store();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Cid put(Path path) throws IOException {
    try (KuboWriter writer = store.newWriter()) {
      Cid root = new FolderAdd(writer, temp, AddOptions.standard().withHidden()).add(path).cid();
      writer.seal();
      return root;
    }
  }

  private Cid hash(Path path) throws IOException {
    return new FolderAdd(BlockWriter.discarding(), temp, AddOptions.standard().withHidden())
        .add(path)
        .cid();
  }

  private Path get(Cid root, String name) throws IOException {
    Path to = temp.resolve(name);
    try (DagStream stream = store.stream()) {
      new FolderGet(stream).get(root, to);
    }
    return to;
  }

  /** What we put is what the node would have added, and each gets what the other put. */
  private void bothWays(Path path) throws IOException {
    Cid ours = put(path);
    Path theirs = temp.resolve("theirs");
    KUBO.ipfs("get", "--output", theirs.toString(), ours.toString());
    assertThat(hash(theirs)).isEqualTo(ours);
    assertThat(KUBO.add(path, "--pin=false")).isEqualTo(ours);
    assertThat(hash(get(ours, "ours"))).isEqualTo(ours);
  }

  private static byte[] random(long seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, MIB - 1, MIB, MIB + 1, 2 * MIB, 7 * MIB + 3})
  void filesOfEverySizeGoBothWays(int size) throws IOException {
    bothWays(Files.write(temp.resolve("file"), random(size, size)));
  }

  @Test
  void aFileOfMoreChunksThanANodeHasLinksGoesBothWays() throws IOException {
    Path file = temp.resolve("zeros");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(1025L * MIB);
    }
    Cid ours = put(file);
    assertThat(KUBO.add(file, "--pin=false")).isEqualTo(ours);
    try (DagStream stream = store.stream()) {
      OutputStream nowhere = OutputStream.nullOutputStream();
      long read = new UnixFs(stream).copy(ours, 0, Long.MAX_VALUE, nowhere);
      assertThat(read).isEqualTo(1025L * MIB);
    }
  }

  @Test
  void oddNamesGoBothWays() throws IOException {
    Path folder = Files.createDirectory(temp.resolve("tree"));
    List<String> names =
        List.of(
            "a",
            "A",
            "ä",
            "a\u0308",
            "日本語",
            "🦀",
            "with space",
            " lead",
            "trail ",
            ".hidden",
            "..x",
            "back\\slash",
            "new\nline",
            "quo\"te",
            "%2F",
            "a+b&c=d",
            "?",
            "*",
            "\u202ertl",
            "\u0001",
            "n".repeat(255));
    for (String name : names) {
      Files.writeString(folder.resolve(name), name);
      Path sub = Files.createDirectory(folder.resolve("folder-" + name.hashCode()));
      Files.createSymbolicLink(sub.resolve(name), Path.of("..", name));
    }
    Files.createDirectory(folder.resolve("empty"));
    bothWays(folder);
  }

  /** Some 2,500 of these names are what a plain folder holds; the last is a HAMT. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255, 256, 257, 1025, 3000})
  void foldersOfEverySizeGoBothWays(int files) throws IOException {
    Path folder = Files.createDirectory(temp.resolve("tree"));
    for (int i = 0; i < files; i++) {
      Files.writeString(
          folder.resolve("a file with a name that is rather long, number " + i), "" + i);
    }
    bothWays(folder);
  }

  /** A small property test: trees of random shape. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void randomTreesGoBothWays(long seed) throws IOException {
    Random random = new Random(seed);
    Path root = Files.createDirectory(temp.resolve("tree"));
    List<Path> folders = new ArrayList<>(List.of(root));
    int entries = random.nextInt(60);
    for (int i = 0; i < entries; i++) {
      Path in = folders.get(random.nextInt(folders.size()));
      Path path = in.resolve(name(random) + i);
      switch (random.nextInt(5)) {
        case 0 -> folders.add(Files.createDirectory(path));
        case 1 -> Files.createSymbolicLink(path, Path.of("target"));
        default -> Files.write(path, random(random.nextLong(), size(random)));
      }
    }
    bothWays(root);
  }

  private static int size(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> 0;
      case 1 -> MIB + random.nextInt(3) - 1;
      case 2 -> random.nextInt(3 * MIB);
      default -> random.nextInt(3000);
    };
  }

  private static String name(Random random) {
    StringBuilder name = new StringBuilder();
    int length = 1 + random.nextInt(12);
    while (name.length() < length) {
      int c = random.nextInt(random.nextBoolean() ? 0x7f : 0x20000);
      if (c > 0 && c != '/' && Character.isDefined(c) && !Character.isSurrogate((char) c)) {
        name.appendCodePoint(c);
      }
    }
    return name.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--cid-version=0",
        "--cid-version=0 --raw-leaves",
        "--cid-version=1 --raw-leaves=false",
        "--chunker=size-100",
        "--chunker=size-262144",
        "--chunker=rabin",
        "--chunker=buzhash",
        "--trickle --chunker=size-1000",
        "--trickle --raw-leaves=false --chunker=size-5000",
        "--max-file-links=3 --chunker=size-10000",
        "--inline --inline-limit=64",
        "--hash=blake2b-256",
        "--hash=sha2-512",
        "--max-directory-links=8 --max-hamt-fanout=8",
        "--raw-leaves=false --preserve-mode --preserve-mtime",
        "--wrap-with-directory"
      })
  void everyProfileThatTheNodeWritesIsRead(String options) throws IOException {
    Path folder = Files.createDirectories(temp.resolve("tree/sub"));
    for (int size : new int[] {0, 1, 63, 64, 65, 100, 101, 5000, 262_144, 262_145, 700_000}) {
      Files.write(folder.resolve("file-" + size), random(size, size));
    }
    for (int i = 0; i < 40; i++) {
      Files.writeString(temp.resolve("tree/small-" + i), "content " + i);
    }
    Path tree = temp.resolve("tree");
    Cid root = KUBO.add(tree, options.split(" "));
    Path got = get(root, "got");
    assertThat(hash(options.startsWith("--wrap") ? got.resolve("tree") : got))
        .isEqualTo(hash(tree));
  }

  @Test
  void aWriterSendsEachBlockOnceUnderItsMultihash() throws IOException {
    Block noNode = Block.of(Codec.DAG_PB, "no node".getBytes(StandardCharsets.UTF_8));
    Block unknown = Block.of(0x300001, "unknown codec".getBytes(StandardCharsets.UTF_8));
    try (KuboWriter writer = store.newWriter()) {
      assertThat(writer.put(noNode)).isTrue();
      assertThat(writer.put(noNode)).isFalse();
      assertThat(writer.put(noNode.as(Cid.v0(noNode.cid().multihash())))).isFalse();
      assertThat(writer.put(unknown)).isTrue();
      assertThat(writer.put(Block.raw(new byte[Block.MAX_READ_BYTES]))).isTrue();
      assertThatThrownBy(() -> writer.put(Block.raw(new byte[Block.MAX_READ_BYTES + 1])))
          .isInstanceOf(MalformedContentException.class);
      writer.seal();
      assertThatThrownBy(() -> writer.put(noNode)).isInstanceOf(IllegalStateException.class);
    }
    assertThat(store.get(noNode.cid()).bytes()).isEqualTo(noNode.bytes());
    assertThat(store.get(unknown.cid()).bytes()).isEqualTo(unknown.bytes());
  }

  @Test
  void aWriterWithoutBlocksSeals() throws IOException {
    try (KuboWriter writer = store.newWriter()) {
      writer.seal();
    }
    KuboWriter closed = store.newWriter();
    closed.close();
    assertThatThrownBy(closed::seal).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aWriterThatIsNotSealedPinsNothingAndEndsItsRequest() throws IOException {
    Cid first = Block.raw(random(1000, MIB)).cid();
    try (KuboWriter writer = store.newWriter()) {
      for (int i = 0; i < 30; i++) {
        writer.put(Block.raw(random(1000 + i, MIB)));
      }
    }
    assertThat(store.client().pins().find(first)).isEmpty();
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("cairn-kubo-put", "cairn-dag");
  }

  @Test
  void aMissingLeafIsFoundThoughTheExportEndsWell() throws IOException {
    Path folder = Files.createDirectory(temp.resolve("tree"));
    for (int i = 0; i < 50; i++) {
      Files.writeString(folder.resolve("file-" + i), "missing leaf " + i);
    }
    Cid root = put(folder);
    Cid leaf = Block.raw("missing leaf 7".getBytes(StandardCharsets.UTF_8)).cid();
    store.client().blockRemove(leaf);
    assertThatThrownBy(() -> get(root, "got"))
        .isInstanceOf(MissingBlockException.class)
        .hasMessageContainingAll(leaf.toString(), "kubo " + KUBO.api());
    assertThat(temp.resolve("got")).doesNotExist();
  }

  @Test
  void foldersInFoldersAreWalkedAndTheirNodesChecked() throws IOException {
    Path tree = temp.resolve("tree");
    for (int f = 0; f < 8; f++) {
      Path folder = Files.createDirectories(tree.resolve("folder-" + f));
      for (int i = 0; i < 300; i++) {
        // Two folders are equal, and some leaves are in all.
        String text = i % 9 == 0 ? "in all " + i : "in " + Math.min(f, 6) + ": " + i;
        Files.writeString(folder.resolve("file-" + i), text);
      }
      Files.write(folder.resolve("large"), random(f, 700_000));
    }
    Cid root = put(tree);
    assertThat(hash(get(root, "got"))).isEqualTo(root);
    Cid folder = new UnixFs(store).resolve(root, "folder-3");
    KUBO.flip(folder);
    assertThatThrownBy(() -> get(root, "flipped"))
        .isInstanceOf(CorruptBlockException.class)
        .hasMessageContainingAll(folder.toString(), "kubo " + KUBO.api());
    KUBO.flip(folder);
    Files.delete(KUBO.blockFile(folder));
    assertThatThrownBy(() -> get(root, "missing"))
        .isInstanceOf(MissingBlockException.class)
        .hasMessageContaining(folder.toString());
    assertThat(put(tree)).isEqualTo(root);
    assertThat(hash(get(root, "again"))).isEqualTo(root);
  }

  @Test
  void leavesWhoseLinksLieAboutTheirSizeAreReadAllTheSame() throws IOException {
    List<Block> leaves = new ArrayList<>();
    List<PbLink> links = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Block leaf = Block.raw(random(i, 100 + i));
      leaves.add(leaf);
      byte[] name = ("leaf-" + i).getBytes(StandardCharsets.UTF_8);
      links.add(new PbLink(leaf.cid(), name, i < 10 ? leaf.size() : 7));
    }
    Block node = Block.of(Codec.DAG_PB, DagPb.encode(links, new byte[] {8, 1}));
    try (KuboWriter writer = store.newWriter()) {
      for (Block leaf : leaves) {
        writer.put(leaf);
      }
      writer.put(node);
      writer.seal();
    }
    try (DagStream stream = store.stream()) {
      stream.get(node.cid());
      for (Block leaf : leaves) {
        assertThat(stream.get(leaf.cid()).bytes()).isEqualTo(leaf.bytes());
      }
    }
  }

  @Test
  void aFlippedLeafIsFoundInAStream() throws IOException {
    Path folder = Files.createDirectory(temp.resolve("tree"));
    for (int i = 0; i < 50; i++) {
      Files.writeString(folder.resolve("file-" + i), "flipped leaf " + i);
    }
    Files.write(folder.resolve("large"), random(77, 3 * MIB));
    Cid root = put(folder);
    List<Cid> blocks = new ArrayList<>();
    DagWalk.reading(store).from(root, block -> blocks.add(block.cid()));
    for (Cid bad : List.of(blocks.get(3), blocks.get(blocks.size() - 1), root)) {
      KUBO.flip(bad);
      assertThatThrownBy(() -> get(root, "got"))
          .isInstanceOf(CorruptBlockException.class)
          .hasMessageContainingAll(bad.toString(), "kubo " + KUBO.api());
      KUBO.flip(bad);
    }
    assertThat(hash(get(root, "got"))).isEqualTo(root);
  }

  @Test
  void aNodeThatIsKilledWhileItIsWrittenToAndReadFromIsUnavailable() throws IOException {
    Path file = Files.write(temp.resolve("file"), random(5, 40 * MIB));
    Cid root = put(file);
    try (KuboStore impatient =
        new KuboStore(
            KuboClient.builder(KUBO.api())
                .timeouts(Timeouts.standard().withIdle(Duration.ofSeconds(20)))
                .retries(Retries.none())
                .build())) {
      try (KuboWriter writer = impatient.newWriter()) {
        writer.put(Block.raw(random(6, MIB)));
        KUBO.kill();
        assertThatThrownBy(
                () -> {
                  for (int i = 0; i < 100; i++) {
                    writer.put(Block.raw(random(100 + i, MIB)));
                  }
                  writer.seal();
                })
            .isInstanceOf(UnavailableException.class);
      }
      assertThatThrownBy(() -> impatient.get(root)).isInstanceOf(UnavailableException.class);
      assertThatThrownBy(() -> impatient.has(root)).isInstanceOf(UnavailableException.class);
      KUBO.restart();
      assertThat(hash(get(root, "got"))).isEqualTo(root);
    }
  }
}
