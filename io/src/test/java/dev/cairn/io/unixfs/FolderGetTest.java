package dev.cairn.io.unixfs;

import static dev.cairn.io.unixfs.Fixtures.link;
import static dev.cairn.io.unixfs.Fixtures.node;
import static dev.cairn.io.unixfs.Fixtures.raw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.io.block.CorruptBlockException;
import dev.cairn.io.block.MemoryStore;
import dev.cairn.io.block.MissingBlockException;
import dev.cairn.io.block.PbLink;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FolderGetTest {
  @TempDir Path temp;

  private final MemoryStore store = new MemoryStore();
  private final FolderGet get = new FolderGet(store);
  private Path out;
  private Path target;

  @BeforeEach
  void makeFolder() throws IOException {
    out = Files.createDirectory(temp.resolve("out"));
    target = out.resolve("target");
  }

  /** Whatever happened, nothing half-done lies beside the target. */
  @AfterEach
  void leavesNothingBeside() {
    assertThat(out.toFile().list()).isSubsetOf("target");
  }

  private Cid add(Path path) throws IOException {
    return new FolderAdd(store, temp, AddOptions.standard().withHidden()).add(path).cid();
  }

  @Test
  void whatIsGotIsWhatWasAdded() throws IOException {
    Path tree = temp.resolve("tree");
    Files.createDirectories(tree.resolve("sub/empty"));
    Files.write(tree.resolve("big"), Golden.prng(Golden.MIB + 1));
    Files.writeString(tree.resolve(".h"), "h");
    Files.writeString(tree.resolve("sub/\u00e9"), "nfc");
    Files.writeString(tree.resolve("sub/e\u0301"), "nfd");
    Files.createSymbolicLink(tree.resolve("sub/up"), Path.of("../big"));
    Files.createSymbolicLink(tree.resolve("gone"), Path.of("nowhere/at all"));
    Cid cid = add(tree);

    Got got = get.get(cid, target);

    assertThat(got).isEqualTo(new Got(Golden.MIB + 8, 4, 2));
    assertThat(add(target)).isEqualTo(cid);
    assertThat(Files.readSymbolicLink(target.resolve("sub/up"))).hasToString("../big");
  }

  @Test
  void filesAndLinksAreGotByThemselves() throws IOException {
    Path file = Files.write(temp.resolve("f"), Golden.prng(1000));
    Path link = Files.createSymbolicLink(temp.resolve("l"), Path.of("f"));

    get.get(add(file), target);
    assertThat(target).hasBinaryContent(Golden.prng(1000));
    Files.delete(target);
    get.get(add(link), target);
    assertThat(Files.readSymbolicLink(target)).hasToString("f");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hamt-8-inline", "hamt-1024-v0"})
  void foldersOfOtherProfilesAreGot(String archive) throws IOException {
    Got got = get.get(Fixtures.car(archive, store), target);

    assertThat(got.files()).isEqualTo(60);
    assertThat(target.resolve(Golden.name(59))).hasBinaryContent(Golden.content(59));
  }

  @Test
  void anExistingTargetIsLeftAlone() throws IOException {
    Cid cid = raw(store, new byte[] {1});
    Files.writeString(target, "mine");
    assertRefused(cid, "exists");
    assertThat(target).hasContent("mine");
    Files.delete(target);
    Files.createSymbolicLink(target, Path.of("nowhere"));
    assertRefused(cid, "exists");
    Files.delete(target);
    Files.createDirectory(target);
    assertRefused(cid, "exists");
  }

  @Test
  void twoEntriesOfOneNameAreRefused() throws IOException {
    Cid file = raw(store, new byte[] {1});
    Cid folder = node(store, UnixFsData.directory());
    Cid up = node(store, UnixFsData.symlink("../..".getBytes(StandardCharsets.UTF_8)));
    Cid down = node(store, UnixFsData.symlink("x".getBytes(StandardCharsets.UTF_8)));
    for (Cid first : new Cid[] {file, folder, down}) {
      for (Cid second : new Cid[] {file, folder, down}) {
        Cid root = node(store, UnixFsData.directory(), link("a", first, 1), link("a", second, 1));
        assertRefused(root, "target/a");
      }
    }
    Cid through = node(store, UnixFsData.directory(), link("a", up, 1), link("a", folder, 1));
    assertRefused(through, "a");
  }

  @Test
  void namesThatOnlyThisFileSystemTellsApartAreKeptApart() throws IOException {
    Path probe = Files.createFile(temp.resolve("probe"));
    boolean caseMatters = !Files.exists(temp.resolve("PROBE"));
    Cid root =
        node(
            store,
            UnixFsData.directory(),
            link("A", raw(store, new byte[] {1}), 1),
            link("a", raw(store, new byte[] {2}), 1));

    if (caseMatters) {
      assertThat(get.get(root, target).files()).isEqualTo(2);
      assertThat(target.resolve("A")).hasBinaryContent(new byte[] {1});
    } else {
      assertRefused(root, "the same here");
    }
    assertThat(probe).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "../x", "/etc/x", "a\0b"})
  void namesThatAreNoStepOfAPathAreRefused(String name) throws IOException {
    Cid file = raw(store, new byte[] {1});
    assertRefused(node(store, UnixFsData.directory(), link(name, file, 1)), "Cannot write name");
    Cid inside = node(store, UnixFsData.directory(), link(name, file, 1));
    assertRefused(node(store, UnixFsData.directory(), link("in", inside, 1)), "Cannot write name");
  }

  @ParameterizedTest
  @CsvSource({
    "x, 0",
    "x/y/z, 0",
    "., 0",
    "./x, 0",
    "x/./y, 0",
    "x//y/, 0",
    ".., 1",
    "../x, 1",
    "../../x/y, 2",
    "./../x, 1",
    "..x/..., 0",
  })
  void linksThatStayInsideAreWritten(String to, int depth) throws IOException {
    LinkTarget.check(to, "l", depth);

    assertThat(get.get(linkAt(to, depth), target).symlinks()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "/etc/passwd, 0",
    "/, 3",
    ".., 0",
    "../x, 0",
    "../../x, 1",
    "x/.., 0",
    "x/../y, 2",
    "./../../x, 1",
    "a\0b, 0",
    "x/../../y, 1",
  })
  void linksThatCouldLeaveAreRefused(String to, int depth) throws IOException {
    assertRefused(linkAt(to, depth), "could lead out");
  }

  @Test
  void aLinkByItselfMayNotClimb() throws IOException {
    assertRefused(
        node(store, UnixFsData.symlink("../x".getBytes(StandardCharsets.UTF_8))), "lead out");
  }

  @Test
  void nothingIsWrittenThroughALink() throws IOException {
    Path outside = Files.createDirectory(temp.resolve("outside"));
    Cid folder = node(store, UnixFsData.directory(), link("x", raw(store, new byte[] {1}), 1));
    for (String to : new String[] {outside.toString(), "../../outside"}) {
      Cid up = node(store, UnixFsData.symlink(to.getBytes(StandardCharsets.UTF_8)));
      assertRefused(
          node(store, UnixFsData.directory(), link("a", up, 1), link("a", folder, 1)), "lead out");
      assertRefused(
          node(store, UnixFsData.directory(), link("a", folder, 1), link("a", up, 1)), "lead out");
    }
    Cid inside = node(store, UnixFsData.symlink("b".getBytes(StandardCharsets.UTF_8)));
    assertRefused(
        node(
            store,
            UnixFsData.directory(),
            link("b", node(store, UnixFsData.directory()), 1),
            link("a", inside, 1),
            link("a", folder, 1)),
        "the same here");
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void namesThatTheFileSystemDoesNotTakeLeaveNothing() throws IOException {
    Cid file = raw(store, new byte[] {1});
    String longest = "\u00e9".repeat(127) + "n";
    assertThat(get.get(node(store, UnixFsData.directory(), link(longest, file, 1)), target).files())
        .isEqualTo(1);
    Files.delete(target.resolve(longest));
    Files.delete(target);
    for (Cid entry : new Cid[] {file, node(store, UnixFsData.directory())}) {
      Cid root = node(store, UnixFsData.directory(), link(longest + "n", entry, 1));
      assertThatThrownBy(() -> get.get(root, target))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining(longest);
      assertThat(target).doesNotExist();
    }
  }

  @Test
  void hamtFoldersMeetTheSameRules() throws IOException {
    Cid file = raw(store, new byte[] {1});
    Cid up = node(store, UnixFsData.symlink("../x".getBytes(StandardCharsets.UTF_8)));
    for (String name : new String[] {"..", ".", "a/b", "../x", "a\0b"}) {
      assertRefused(hamtOf(name, file), "Cannot write name");
    }
    assertRefused(hamtOf("l", up), "lead out");
    assertThat(get.get(hamtOf("a", file), target).files()).isEqualTo(1);
  }

  /** A HAMT folder of one entry. */
  private Cid hamtOf(String name, Cid cid) throws IOException {
    int slot = (int) (Murmur.hash(name.getBytes(StandardCharsets.UTF_8)) >>> 56);
    byte[] bits = BigInteger.ZERO.setBit(slot).toByteArray();
    return node(
        store,
        new UnixFsData(UnixFsData.HAMT, bits, -1, new long[0], Murmur.CODE, 256),
        link("%02X".formatted(slot) + name, cid, 1));
  }

  private Cid linkAt(String to, int depth) throws IOException {
    Cid cid = node(store, UnixFsData.symlink(to.getBytes(StandardCharsets.UTF_8)));
    for (int i = 0; i <= depth; i++) {
      PbLink link = link("l", cid, 1);
      cid = node(store, UnixFsData.directory(), link);
    }
    return cid;
  }

  @Test
  void missingCorruptAndMalformedBlocksLeaveNothing() throws IOException {
    Cid good = raw(store, Golden.prng(10));
    Cid leaf = raw(store, Golden.prng(20));
    Cid root = node(store, UnixFsData.directory(), link("a", good, 10), link("b", leaf, 20));
    store.remove(leaf);
    assertThatThrownBy(() -> get.get(root, target)).isInstanceOf(MissingBlockException.class);
    store.corrupt(leaf, new byte[1]);
    assertThatThrownBy(() -> get.get(root, target)).isInstanceOf(CorruptBlockException.class);
    Cid bad = node(store, new byte[] {8, 3});
    Cid malformed = node(store, UnixFsData.directory(), link("a", good, 10), link("b", bad, 1));
    assertThatThrownBy(() -> get.get(malformed, target))
        .isInstanceOf(MalformedContentException.class);
    assertThat(Files.exists(target, LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void foldersDeeperThanTheLimitAreRefused() throws IOException {
    Cid cid = node(store, UnixFsData.directory());
    for (int i = 0; i < FolderGet.MAX_DEPTH; i++) {
      cid = node(store, UnixFsData.directory(), link("d", cid, 1));
    }
    assertRefused(cid, "1000");
  }

  /**
   * Asserts that a folder holds a target at most, that its own folder holds nothing else, and that
   * no link below the target leads out of it.
   */
  static void assertNothingLeaves(Path around, Path folder, Path target) throws IOException {
    assertThat(around.toFile().list()).containsExactly(folder.getFileName().toString());
    assertThat(folder.toFile().list()).isSubsetOf(target.getFileName().toString());
    if (Files.notExists(target, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(target)) {
      for (Path link : paths.filter(Files::isSymbolicLink).toList()) {
        Path to = link.resolveSibling(Files.readSymbolicLink(link));
        boolean alone = link.equals(target);
        assertThat(to.normalize()).startsWithRaw(alone ? folder : target);
      }
    }
  }

  private void assertRefused(Cid cid, String rule) {
    assertThatThrownBy(() -> get.get(cid, target))
        .isInstanceOf(RefusedPathException.class)
        .hasMessageContaining(rule);
  }
}
