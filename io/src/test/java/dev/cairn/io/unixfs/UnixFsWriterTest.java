package dev.cairn.io.unixfs;

import static dev.cairn.io.unixfs.Golden.KIB;
import static dev.cairn.io.unixfs.Golden.MIB;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.io.block.DagPb;
import dev.cairn.io.block.MemoryStore;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.sort.ExternalSorter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnixFsWriterTest {
  @TempDir Path temp;

  private final MemoryStore store = new MemoryStore();

  @ParameterizedTest
  @CsvSource({
    "0, bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku, 0, 1",
    "262143, bafkreiefjm3qve2fezjz4wpjakusktbwutz44k6qpvhpnaedaaw5saplyq, 262143, 1",
    "262145, bafkreifzmc6y6h46p2voifelynvovam35pwled4i6o7f546fptvxutzt2m, 262145, 1",
    "1048575, bafkreigwagih57y3ms7lxwhm2yzcr5bglwsss7qgafrfx6fqjghbf4fdxa, 1048575, 1",
    "1048576, bafkreibz7d4jfqr4ia22iuky2bgxigzmbt5f44xpfqmemtt5dxeq7ym7im, 1048576, 1",
    "1048577, bafybeigyxxjc7qezktjlyclcezv7wrqdm52tovgyxfrf4eklu7zwmzjsfe, 1048681, 3",
    "10485760, bafybeicy2fkupdopyrwu7gbu6cfiznzwnwbja54pxu4h5k3ozec2lzypsy, 10486269, 11",
    "45613056, bafybeiamqatumwhb5ftxttxkzhp5dm3biftb22cuwvz6zrv3whoq5prvam, 45615266, 45",
    "45613057, bafybeibjnkuxg2nuap23flhk4az6onktjfl3zka6taax2bo2rligwyswoa, 45615267, 45",
  })
  void filesHaveGoldenCids(int length, String cid, long tsize, int blocks) throws IOException {
    Written written = file(Golden.prng(length), 100_000);

    assertThat(written).isEqualTo(new Written(Cid.parse(cid), length, tsize));
    assertThat(store.size()).isEqualTo(blocks);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, KIB, MIB - 1, MIB, 3 * MIB})
  void theSizeOfWritesChangesNothing(int step) throws IOException {
    byte[] bytes = Golden.prng(step == 1 || step == 7 ? MIB + 1 : 4 * MIB + 3);

    assertThat(file(bytes, step)).isEqualTo(file(bytes, bytes.length));
  }

  @Test
  void aFolderOfOddNamesHasItsGoldenCid() throws IOException {
    UnixFsWriter writer = new UnixFsWriter(store, temp);
    try (DirectoryWriter folder = writer.directory()) {
      for (String name :
          List.of("b", "a", "Z", "a.txt", "\u00e4", "\u4f60\u597d.html", "a b", "10", "9")) {
        folder.add(name, file(name.getBytes(StandardCharsets.UTF_8), 100));
      }
      assertThat(folder.finish())
          .isEqualTo(golden("bafybeiejyyvjwhrunyftftowk7prrmyx2rujvoxy4om3rvnzdmiljbivje", 454));
    }
  }

  @Test
  void nestedFoldersHaveTheirGoldenCid() throws IOException {
    UnixFsWriter writer = new UnixFsWriter(store, temp);
    try (DirectoryWriter root = writer.directory();
        DirectoryWriter sub = writer.directory();
        DirectoryWriter deep = writer.directory()) {
      deep.add("c.bin", file(Golden.prng(300_000), 8192));
      sub.add("deep", deep.finish());
      sub.add("b.txt", file("beta\n".getBytes(StandardCharsets.US_ASCII), 1));
      root.add("sub", sub.finish());
      root.add("a.txt", file("alpha\n".getBytes(StandardCharsets.US_ASCII), 1));
      assertThat(root.finish())
          .isEqualTo(
              golden("bafybeig6kicrrrymqi4tj6hz7hmctqk5kbttzocqsnt7w7h66m53h6g4w4", 300_271));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, bafybeiczsscdsbs7ffqz55asqdf3smv6klcw3gofszvwlyarci47bgf354, 4, 1",
    "2000, bafybeia7zx4boj6bape4gdlzphb6n7nh3uzrzh6s5cncfmhjad6xftvaiq, 140894, 2001",
    "4600, bafybeifppjyau45oofvf242g55r62rk5bqf6dbjyjg4ep2arif4ewr443q, 370105, 5013",
    "6000, bafybeih3itxvs7kajqqvzn67iuhyaobe7dm2naommursxoopzn77npxkke, 480744, 6519",
    "20000, bafybeibtwfm72bwc4h7vb3sfryi2a4l2alk3vref5g6dedbcra6mr36a4y, 1694402, 22787",
  })
  void numberedFoldersHaveGoldenCids(int files, String cid, long tsize, int blocks)
      throws IOException {
    Written inMemory = numberedFolder(files, DirectoryWriter.SORT_BYTES);

    assertThat(inMemory).isEqualTo(golden(cid, tsize));
    assertThat(store.size()).isEqualTo(blocks);
    assertThat(numberedFolder(files, 20_000)).isEqualTo(inMemory);
    assertThat(temp).isEmptyDirectory();
  }

  @Test
  void moreRunsThanAreReadAtOnceAreMergedFirst() throws IOException {
    int entryBytes = 250;

    assertThat(numberedFolder(6000, 40 * entryBytes))
        .isEqualTo(golden("bafybeih3itxvs7kajqqvzn67iuhyaobe7dm2naommursxoopzn77npxkke", 480_744));
    assertThat(6000 / 40).isGreaterThan(ExternalSorter.MAX_RUNS);
    assertThat(temp).isEmptyDirectory();
  }

  @Test
  void aPlainFolderEndsAtItsLimitInBytes() throws IOException {
    Written plain = folderOfBlockSize(262_144);

    assertThat(store.get(plain.cid()).size()).isEqualTo(262_144);
    assertThat(isHamt(folderOfBlockSize(262_145))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "/", "a\0b", "\ud800"})
  void namesThatAreNoStepOfAPathAreRefused(String name) throws IOException {
    try (DirectoryWriter folder = new UnixFsWriter(store, temp).directory()) {
      Written file = file(new byte[1], 1);
      assertThatThrownBy(() -> folder.add(name, file)).isInstanceOf(RefusedPathException.class);
    }
  }

  @Test
  void aNameIsRefusedTheSecondTime() throws IOException {
    Written file = file(new byte[1], 1);
    try (DirectoryWriter folder = new UnixFsWriter(store, temp).directory()) {
      folder.add("a", file);
      assertThatThrownBy(() -> folder.add("a", file))
          .isInstanceOf(RefusedPathException.class)
          .hasMessageContaining("twice");
    }
    try (DirectoryWriter folder = new UnixFsWriter(store, temp, 30_000).directory()) {
      for (int i = 0; i < 5000; i++) {
        folder.add(Golden.name(i), file);
      }
      folder.add(Golden.name(7), file);
      assertThatThrownBy(folder::finish)
          .isInstanceOf(RefusedPathException.class)
          .hasMessageContaining("file-00007.txt");
    }
    assertThat(temp).isEmptyDirectory();
  }

  @Test
  void anAbandonedFolderLeavesNoFiles() throws IOException {
    Written file = file(new byte[1], 1);
    try (DirectoryWriter folder = new UnixFsWriter(store, temp, 30_000).directory()) {
      for (int i = 0; i < 5000; i++) {
        folder.add(Golden.name(i), file);
      }
      assertThat(temp).isNotEmptyDirectory();
    }
    assertThat(temp).isEmptyDirectory();
  }

  private Written file(byte[] bytes, int step) throws IOException {
    try (FileWriter out = new UnixFsWriter(store, temp).file()) {
      for (int at = 0; at < bytes.length; at += step) {
        out.write(bytes, at, Math.min(step, bytes.length - at));
      }
      return out.finish();
    }
  }

  private Written numberedFolder(int files, int sortMemoryBytes) throws IOException {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < files; i++) {
      order.add(i);
    }
    Collections.shuffle(order, new Random(files));
    try (DirectoryWriter folder = new UnixFsWriter(store, temp, sortMemoryBytes).directory()) {
      for (int i : order) {
        folder.add(Golden.name(i), file(Golden.content(i), 100));
      }
      return folder.finish();
    }
  }

  /** A folder whose plain block would have this many bytes. */
  private Written folderOfBlockSize(int bytes) throws IOException {
    Written file = file(new byte[1], 1);
    int link = 2 + 38 + 2 + 2;
    int left = bytes - 4;
    try (DirectoryWriter folder = new UnixFsWriter(store, temp).directory()) {
      for (int i = 0; left > 0; i++) {
        int name =
            left >= 3 * (link + 10) ? 10 : left >= 2 * (link + 10) ? left / 2 - link : left - link;
        folder.add("%010d".formatted(i) + "x".repeat(name - 10), file);
        left -= link + name;
      }
      return folder.finish();
    }
  }

  private boolean isHamt(Written folder) throws IOException {
    DagPb node = DagPb.decode(store.get(folder.cid()).bytes());
    return UnixFsData.decode(requireNonNull(node.data())).type() == UnixFsData.HAMT;
  }

  private static Written golden(String cid, long tsize) throws IOException {
    return new Written(Cid.parse(cid), 0, tsize);
  }
}
