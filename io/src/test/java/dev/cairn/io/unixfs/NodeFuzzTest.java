package dev.cairn.io.unixfs;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockStore;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.fuzz.Hostile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

class NodeFuzzTest {
  private static final Hostile MESSAGE = new Hostile(32 << 10, 64);

  /** As for dag-pb; the bit field and the slots of a HAMT node are a constant. */
  private static final Hostile NODE = new Hostile(64 << 10, 200);

  /** Reads of whole DAGs are bounded here by {@link #READS}, each within the bound of a node. */
  private static final Hostile DAG = new Hostile(64 << 20, 0);

  private static final int READS = 200;
  private static final int MAX_INPUT = 8 << 10;
  private static final int MAX_BYTES = 1 << 16;
  private static final int MAX_ENTRIES = 2000;

  @FuzzTest
  void message(byte[] input) throws IOException {
    UnixFsData data = MESSAGE.parse(input, () -> UnixFsData.decode(input));
    if (data != null) {
      byte[] encoded = data.encode();
      UnixFsData again = UnixFsData.decode(encoded);
      assertThat(again.encode()).isEqualTo(encoded);
      assertThat(again.type()).isEqualTo(data.type());
      assertThat(again.content()).isEqualTo(data.content());
      assertThat(again.fileSize()).isEqualTo(data.fileSize());
      assertThat(again.blockSizes()).isEqualTo(data.blockSizes());
      assertThat(again.hashType()).isEqualTo(data.hashType());
      assertThat(again.fanout()).isEqualTo(data.fanout());
    }
  }

  @FuzzTest
  void node(byte[] input) throws IOException {
    Block block = Block.of(Codec.DAG_PB, input);
    Integer links = NODE.parse(input, () -> read(Node.of(block)));
    if (links != null) {
      assertThat(links).isLessThanOrEqualTo(input.length);
    }
  }

  private static int read(Node node) throws IOException {
    switch (node.kind()) {
      case FILE -> {
        FileNode file = FileNode.of(node);
        for (long at = file.inline().length; at < file.size(); at += 1 + file.size() / 8) {
          assertThat(file.childAt(at)).isBetween(0, node.links().size() - 1);
          if (at > Long.MAX_VALUE / 2) {
            break;
          }
        }
      }
      case SYMLINK -> assertThat(node.target()).isNotNull();
      case DIRECTORY -> {
        if (node.data().type() == UnixFsData.HAMT) {
          return read(HamtNode.root(node), node);
        }
      }
    }
    return node.links().size();
  }

  private static int read(HamtNode hamt, Node node) throws IOException {
    for (int i = 0; i < hamt.size(); i++) {
      if (hamt.isChild(i)) {
        assertThat(hamt.child(i, node).size()).isPositive();
      } else {
        DirEntry entry = hamt.entry(i);
        byte[] stored = node.links().get(i).nameBytes();
        int digits = (Long.numberOfTrailingZeros(node.data().fanout()) + 3) / 4;
        byte[] name = Arrays.copyOfRange(stored, digits, stored.length);
        assertThat(hamt.find(Murmur.hash(name))).isEqualTo(i);
        assertThat(entry.cid()).isEqualTo(node.links().get(i).cid());
      }
    }
    return hamt.size();
  }

  /** A whole DAG: looked at, listed, looked up in, and read front to back and in leaps. */
  @FuzzTest
  void dag(byte[] input) throws IOException {
    if (input.length <= MAX_INPUT) {
      Object unused = DAG.parse(input, () -> readDag(new LyingStore(input, READS)));
    }
  }

  private static int readDag(BlockStore store) throws IOException {
    UnixFs unixfs = new UnixFs(store);
    Cid root = LyingStore.root();
    switch (unixfs.stat(root).kind()) {
      case FILE -> readFile(unixfs, root);
      case DIRECTORY -> readFolder(unixfs, root);
      case SYMLINK -> assertThat(unixfs.stat(root).target()).isNotNull();
    }
    return 0;
  }

  private static void readFile(UnixFs unixfs, Cid cid) throws IOException {
    byte[] front;
    try (InputStream in = unixfs.openStream(cid)) {
      front = in.readNBytes(MAX_BYTES);
    }
    try (SeekableByteChannel channel = unixfs.open(cid)) {
      assertThat(channel.size()).isGreaterThanOrEqualTo(front.length);
      for (long at = front.length / 3; at < front.length; at += 1 + front.length / 3) {
        ByteBuffer one = ByteBuffer.allocate(1);
        assertThat(channel.position(at).read(one)).isEqualTo(1);
        assertThat(one.get(0)).isEqualTo(front[(int) at]);
      }
      assertThat(channel.position(channel.size()).read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }
  }

  private static void readFolder(UnixFs unixfs, Cid cid) throws IOException {
    Listing entries = unixfs.list(cid);
    Set<String> names = new HashSet<>();
    int read = 0;
    while (entries.hasNext() && read++ < MAX_ENTRIES) {
      DirEntry entry = entries.next();
      if (names.add(entry.name())) {
        assertThat(unixfs.lookup(cid, entry.name())).contains(entry);
      }
    }
    assertThat(unixfs.lookup(cid, "none of these")).isEmpty();
  }

  /** Whatever the DAG is, nothing is beside the target, and no link in it leads out. */
  @FuzzTest
  void get(byte[] input) throws IOException {
    if (input.length > MAX_INPUT) {
      return;
    }
    Got unused = DAG.parse(input, () -> got(input));
  }

  private static @Nullable Got got(byte[] input) throws IOException {
    // Not of JUnit's making: fuzzing runs without it.
    Path temp = Files.createTempDirectory("cairn-fuzz");
    try {
      Path folder = Files.createDirectory(temp.resolve("folder"));
      Path target = folder.resolve("target");
      try {
        return get(input, target);
      } finally {
        FolderGetTest.assertNothingLeaves(temp, folder, target);
      }
    } finally {
      for (Path path : all(temp)) {
        Files.delete(path);
      }
    }
  }

  private static @Nullable Got get(byte[] input, Path target) throws IOException {
    try {
      return new FolderGet(new LyingStore(input, READS)).get(LyingStore.root(), target);
    } catch (RefusedPathException | FileSystemException e) {
      // A name that the file system does not take, of whatever length or bytes.
      assertThat(target).doesNotExist();
      return null;
    }
  }

  private static List<Path> all(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.sorted((a, b) -> b.compareTo(a)).toList();
    }
  }
}
