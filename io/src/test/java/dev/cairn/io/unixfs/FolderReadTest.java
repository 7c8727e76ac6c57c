package dev.cairn.io.unixfs;

import static dev.cairn.io.unixfs.Fixtures.link;
import static dev.cairn.io.unixfs.Fixtures.node;
import static dev.cairn.io.unixfs.Fixtures.raw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.io.block.MemoryStore;
import dev.cairn.io.block.MissingBlockException;
import dev.cairn.io.block.PbLink;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FolderReadTest {
  @TempDir Path temp;

  private final MemoryStore store = new MemoryStore();
  private final UnixFs unixfs = new UnixFs(store);

  private List<DirEntry> all(Cid folder) throws IOException {
    List<DirEntry> entries = new ArrayList<>();
    Listing listing = unixfs.list(folder);
    while (listing.hasNext()) {
      entries.add(listing.next());
    }
    assertThatThrownBy(listing::next).isInstanceOf(NoSuchElementException.class);
    return entries;
  }

  private Cid numbered(int files) throws IOException {
    UnixFsWriter writer = new UnixFsWriter(store, temp);
    try (DirectoryWriter folder = writer.directory()) {
      for (int i = 0; i < files; i++) {
        try (FileWriter file = writer.file()) {
          file.write(Golden.content(i));
          folder.add(Golden.name(i), file.finish());
        }
      }
      return folder.finish().cid();
    }
  }

  private void assertNumbered(Cid folder, int files) throws IOException {
    Map<String, DirEntry> byName = new TreeMap<>();
    for (DirEntry entry : all(folder)) {
      assertThat(byName.put(entry.name(), entry)).isNull();
    }
    assertThat(byName).hasSize(files);
    for (int i = 0; i < files; i++) {
      DirEntry entry = byName.get(Golden.name(i));
      assertThat(unixfs.lookup(folder, Golden.name(i))).contains(entry);
      try (InputStream in = unixfs.openStream(unixfs.resolve(folder, Golden.name(i)))) {
        assertThat(in.readAllBytes()).isEqualTo(Golden.content(i));
      }
    }
    for (String absent : List.of("", "file-99999.txt", "FILE-00001.txt", "00", "\ud800", "a/b")) {
      assertThat(unixfs.lookup(folder, absent)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2000, 6000})
  void listsAndFindsInFoldersOfItsOwn(int files) throws IOException {
    assertNumbered(numbered(files), files);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hamt-8-inline", "hamt-1024-v0"})
  void listsAndFindsInHamtsOfAnyFanout(String archive) throws IOException {
    assertNumbered(Fixtures.car(archive, store), 60);
  }

  @Test
  void aHamtIsReadAsItIsAskedFor() throws IOException {
    Cid folder = numbered(6000);
    store.takeReads();
    Listing listing = unixfs.list(folder);
    listing.next();
    assertThat(store.takeReads().size()).isLessThan(4);
    assertThat(unixfs.lookup(folder, Golden.name(4711))).isPresent();
    assertThat(store.takeReads().size()).isLessThan(4);
  }

  @Test
  void plainFoldersKeepTheirStoredOrder() throws IOException {
    Cid file = raw(store, new byte[1]);
    Cid folder = node(store, UnixFsData.directory(), link("b", file, 7), link("a", file, 8));

    assertThat(all(folder)).containsExactly(new DirEntry("b", file, 7), new DirEntry("a", file, 8));
  }

  @Test
  void statTellsFilesFoldersAndLinks() throws IOException {
    Cid tree = Fixtures.car("tree", store);

    assertThat(unixfs.stat(tree)).isEqualTo(new Stat(tree, NodeKind.DIRECTORY, 0, null));
    Cid link = unixfs.resolve(tree, "l");
    assertThat(unixfs.stat(link)).isEqualTo(new Stat(link, NodeKind.SYMLINK, 7, "../x/\u00e9"));
    Cid file = unixfs.resolve(tree, "/f");
    assertThat(unixfs.stat(file)).isEqualTo(new Stat(file, NodeKind.FILE, 3, null));
    assertThat(all(unixfs.resolve(tree, "empty/"))).isEmpty();
    assertThat(unixfs.resolve(tree, "")).isEqualTo(tree);
  }

  @ParameterizedTest
  @CsvSource({
    "g, it has no such entry",
    "f/g, it is not a folder",
    "l/g, it is not a folder",
    "empty/x/y, it has no such entry",
    "., it has no such entry",
    "empty/.., it has no such entry",
  })
  void pathsThatLeadNowhereAreNotFound(String path, String rule) throws IOException {
    Cid tree = Fixtures.car("tree", store);

    assertThatThrownBy(() -> unixfs.resolve(tree, path))
        .isInstanceOf(PathNotFoundException.class)
        .hasMessageContaining(rule);
  }

  @Test
  void aMissingBlockIsNotAMissingPath() throws IOException {
    Cid tree = Fixtures.car("tree", store);
    store.remove(unixfs.resolve(tree, "empty"));

    assertThatThrownBy(() -> unixfs.resolve(tree, "empty/x"))
        .isInstanceOf(MissingBlockException.class);
  }

  @Test
  void whatIsNoFolderIsMalformed() throws IOException {
    Cid file = raw(store, new byte[1]);

    assertThatThrownBy(() -> unixfs.list(file)).isInstanceOf(MalformedContentException.class);
    assertThatThrownBy(() -> unixfs.lookup(file, "a"))
        .isInstanceOf(MalformedContentException.class);
  }

  @Test
  void namesAndTargetsThatAreNotUtf8AreMalformed() throws IOException {
    PbLink link = new PbLink(raw(store, new byte[1]), new byte[] {(byte) 0xff}, 1);
    Cid folder = node(store, UnixFsData.directory(), link);
    Cid symlink = node(store, UnixFsData.symlink(new byte[] {(byte) 0xff}));

    assertThatThrownBy(() -> all(folder)).isInstanceOf(MalformedContentException.class);
    assertThatThrownBy(() -> unixfs.stat(symlink)).isInstanceOf(MalformedContentException.class);
  }

  @Test
  void hamtsWithDefectsAreMalformed() throws IOException {
    Cid file = raw(store, new byte[1]);
    String name = "a.txt";
    int slot = (int) (Murmur.hash(name.getBytes(StandardCharsets.UTF_8)) >>> 56);
    String at = "%02X".formatted(slot);
    PbLink good = link(at + name, file, 1);

    assertThat(all(node(store, hamt(256, 0x22, slot), good))).hasSize(1);
    int other = (slot + 1) % 256;
    assertMalformed(
        node(store, hamt(256, 0x22, other), link("%02X".formatted(other) + name, file, 1)),
        "where its hash says");
    assertMalformed(node(store, hamt(256, 0x22, other), good), "is not at slot");
    assertMalformed(node(store, hamt(256, 0x22), good), "bit field");
    assertMalformed(node(store, hamt(256, 0x22, 3, slot), good), "bit field");
    assertMalformed(node(store, hamt(256, 0x12, slot), good), "murmur3");
    for (int fanout : new int[] {0, 4, 100, 2048}) {
      assertMalformed(node(store, hamt(fanout, 0x22, slot), good), "fanout");
    }
    for (String prefix : new String[] {"", "z", "+1", "%02x".formatted(0xab)}) {
      assertMalformed(node(store, hamt(256, 0x22, 0xab), link(prefix, file, 1)), "is not at slot");
    }
    Cid leafAsChild = node(store, hamt(256, 0x22, slot), link(at, file, 1));
    assertThatThrownBy(() -> all(leafAsChild)).isInstanceOf(MalformedContentException.class);
    Cid smaller = node(store, hamt(8, 0x22));
    Cid mixed = node(store, hamt(256, 0x22, slot), link(at, smaller, 1));
    assertThatThrownBy(() -> all(mixed))
        .isInstanceOf(MalformedContentException.class)
        .hasMessageContaining("fanout 256");
  }

  @Test
  void aHamtDeeperThanItsHashIsMalformed() throws IOException {
    Cid node = node(store, hamt(256, 0x22));
    for (int level = 0; level < 8; level++) {
      node = node(store, hamt(256, 0x22, 0), link("00", node, 1));
    }
    Cid root = node;

    assertThatThrownBy(() -> all(root))
        .isInstanceOf(MalformedContentException.class)
        .hasMessageContaining("at bit 64");
  }

  /** Without entries to tell places apart, 20 blocks would be visited 8^20 times. */
  @Test
  void aHamtOfNothingButNodesIsMalformed() throws IOException {
    Cid node = node(store, hamt(8, 0x22));
    PbLink[] links = new PbLink[8];
    for (int level = 0; level < 20; level++) {
      for (int slot = 0; slot < links.length; slot++) {
        links[slot] = link(Integer.toString(slot), node, 1);
      }
      UnixFsData all = new UnixFsData(UnixFsData.HAMT, new byte[] {-1}, -1, new long[0], 0x22, 8);
      node = node(store, all, links);
    }

    assertMalformed(node, "without entries");
    assertThat(all(node(store, hamt(8, 0x22)))).isEmpty();
  }

  /** A node cannot give its entries at two places, so a name comes once. */
  @Test
  void aHamtThatLinksOneNodeTwiceIsMalformed() throws IOException {
    Cid file = raw(store, new byte[1]);
    long hash = Murmur.hash("a".getBytes(StandardCharsets.UTF_8));
    int first = (int) (hash >>> 56);
    int second = (int) (hash >>> 48) & 0xff;
    Cid child = node(store, hamt(256, 0x22, second), link("%02X".formatted(second) + "a", file, 1));
    assertThat(all(node(store, hamt(256, 0x22, first), link("%02X".formatted(first), child, 1))))
        .containsExactly(new DirEntry("a", file, 1));
    int low = Math.min(first, first ^ 1);
    Cid twice =
        node(
            store,
            hamt(256, 0x22, low, low + 1),
            link("%02X".formatted(low), child, 1),
            link("%02X".formatted(low + 1), child, 1));

    assertMalformed(twice, "where its hash says");
  }

  private void assertMalformed(Cid folder, String rule) {
    assertThatThrownBy(() -> all(folder))
        .isInstanceOf(MalformedContentException.class)
        .hasMessageContaining(rule);
  }

  private static UnixFsData hamt(int fanout, int hash, int... slots) {
    byte[] bits = new byte[32];
    for (int slot : slots) {
      bits[31 - slot / 8] |= (byte) (1 << slot % 8);
    }
    byte[] shown = fanout == 256 ? bits : new byte[0];
    return new UnixFsData(UnixFsData.HAMT, shown, -1, new long[0], hash, fanout);
  }
}
