package dev.cairn.io.unixfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.block.MemoryStore;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.unixfs.AddOptions.Symlinks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CIDs of {@code tree} in all its forms: Kubo 0.42.0, {@code ipfs add -rQn}. */
class FolderAddTest {
  @TempDir Path temp;
  Path tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = Files.createDirectories(temp.resolve("tree"));
    write("a.txt", "alpha\n");
    write(".hidden", "h\n");
    write(".dir/in", "x\n");
    write("sub/.in", "y\n");
    write("sub/\u00e9", "nfc\n");
    write("sub/e\u0301", "nfd\n");
    write("sub/a b\n?%41", "odd\n");
    write("sub/\ufffd", "valid\n");
    Files.createDirectories(tree.resolve("empty"));
    Files.createSymbolicLink(tree.resolve("link"), Path.of("sub"));
    Files.createSymbolicLink(tree.resolve("sub/file"), Path.of("../a.txt"));
  }

  private void write(String path, String text) throws IOException {
    Path file = tree.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Added add(AddOptions options, Path path) throws IOException {
    return new FolderAdd(BlockWriter.discarding(), temp, options).add(path);
  }

  @ParameterizedTest
  @CsvSource({
    "., false, KEEP, bafybeie46cpjy5hhwdcuz6s6b76fngdfcv3dqfdwsxqffxdu3w3wi76sga",
    "., true, KEEP, bafybeifimbnvjqdvmq57xqgh5bdeq3bws76armtzd3kcuvxnn7dwgt5r6e",
    "., false, FOLLOW_ARGUMENT, bafybeie46cpjy5hhwdcuz6s6b76fngdfcv3dqfdwsxqffxdu3w3wi76sga",
    "., false, FOLLOW, bafybeibbpc7qynkoqdx4g4qz3qo2ht7e3mnp3545g67e64hybhl7elpvtq",
    "., true, FOLLOW, bafybeic67v57r3tuaqe4r7pxqcrobcd2757hi4goinbqpnvyl4lar3lepe",
    "a.txt, false, KEEP, bafkreifwvggzz2nc3ekjfch2hx2c2n34hzbhg6x5zwxxctrtycqqbniqma",
    ".hidden, false, KEEP, bafkreier5zpj6qv2hu2oifcehm3ke63zpjlki6vnnoy6jqlwtzu4o7hazi",
    ".dir, false, KEEP, bafybeiaca2zfw7jinlqb6stbzhnfopwdvn4g3sf5apsive7juvvm2cnezi",
    "link, false, KEEP, bafybeiaqtfgwnk6gecx4b4zw2ytzkw2ampj7q7qrqdb3shiiv2bapcwbey",
    "link, false, FOLLOW_ARGUMENT, bafybeiehazlkrzyxexu67yq36ylojgpvtthgxdwb4z3ru77rnxiraiggqi",
    "link, false, FOLLOW, bafybeifcklbxmy24wt7otzcwm32xe2ghyoqy4k74svsgilmtijzrsibebi",
    "sub/file, false, FOLLOW, bafkreifwvggzz2nc3ekjfch2hx2c2n34hzbhg6x5zwxxctrtycqqbniqma",
    "empty, false, KEEP, bafybeiczsscdsbs7ffqz55asqdf3smv6klcw3gofszvwlyarci47bgf354",
  })
  void hasKubosCids(String path, boolean hidden, Symlinks symlinks, String cid) throws IOException {
    AddOptions options = AddOptions.standard().withSymlinks(symlinks);

    Added added = add(hidden ? options.withHidden() : options, tree.resolve(path).normalize());

    assertThat(added.cid()).hasToString(cid);
  }

  @Test
  void countsWhatItAdds() throws IOException {
    MemoryStore store = new MemoryStore();
    FolderAdd adder = new FolderAdd(store, temp, AddOptions.standard());

    Added first = adder.add(tree);
    Added second = adder.add(tree);

    assertThat(first.files()).isEqualTo(5);
    assertThat(first.symlinks()).isEqualTo(2);
    assertThat(first.bytes()).isEqualTo(6 + 4 + 4 + 4 + 6);
    assertThat(first.blocks()).isEqualTo(5 + 2 + 3);
    assertThat(first.newBlocks()).isEqualTo(first.blocks()).isEqualTo(store.size());
    assertThat(second).isEqualTo(new Added(first.root(), 24, 5, 2, 10, 0));
  }

  @Test
  void tellsOfEachFile() throws IOException {
    Map<String, Written> told = new TreeMap<>();
    AddOptions options = AddOptions.standard().withListener(told::put);

    add(options, tree);
    add(options, tree.resolve(".hidden"));

    assertThat(told)
        .containsOnlyKeys(
            ".hidden", "a.txt", "sub/\u00e9", "sub/e\u0301", "sub/a b\n?%41", "sub/\ufffd");
    assertThat(told.get("a.txt")).isEqualTo(add(options, tree.resolve("a.txt")).root());
  }

  @Test
  void aFilterSeesEverythingAndKeepsFoldersShut() throws IOException {
    Map<String, NodeKind> asked = new TreeMap<>();
    AddOptions options =
        AddOptions.standard()
            .withFilter(
                (path, kind) -> {
                  asked.put(path, kind);
                  return kind != NodeKind.SYMLINK && !path.equals("sub");
                });

    Added added = add(options, tree);

    assertThat(asked)
        .containsEntry("link", NodeKind.SYMLINK)
        .containsEntry(".dir", NodeKind.DIRECTORY)
        .containsEntry(".dir/in", NodeKind.FILE)
        .doesNotContainKey("sub/\u00e9");
    assertThat(added.files()).isEqualTo(3);
    assertThat(added.symlinks()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void largeFilesHaveOneCidAtAnyNumberOfThreads(int threads) throws IOException {
    Path file = Files.write(temp.resolve("big"), Golden.prng(10 * Golden.MIB));

    assertThat(add(AddOptions.standard().withThreads(threads), file).root())
        .isEqualTo(
            new Written(
                Cid.parse("bafybeicy2fkupdopyrwu7gbu6cfiznzwnwbja54pxu4h5k3ozec2lzypsy"),
                10 * Golden.MIB,
                10_486_269));
  }

  @Test
  void aFailingWriterEndsALargeFile() throws IOException {
    Path file = Files.write(temp.resolve("big"), Golden.prng(10 * Golden.MIB));
    BlockWriter full =
        new BlockWriter() {
          @Override
          public boolean put(Block block) throws IOException {
            throw new IOException("No space left");
          }

          @Override
          public void seal() {}

          @Override
          public void close() {}
        };

    assertThatThrownBy(() -> new FolderAdd(full, temp, AddOptions.standard()).add(file))
        .isInstanceOf(IOException.class)
        .hasMessage("No space left");
  }

  @Test
  void pipesAndDevicesAreRefusedUnlessTheyAreFilteredOut() throws Exception {
    assertThat(run("mkfifo", tree.resolve("sub/.pipe").toString())).isZero();
    assertThat(add(AddOptions.standard(), tree).files()).isEqualTo(5);
    assertThatThrownBy(() -> add(AddOptions.standard().withHidden(), tree))
        .isInstanceOf(RefusedPathException.class)
        .hasMessageContaining(".pipe");
    assertThatThrownBy(() -> add(AddOptions.standard(), Path.of("/dev/null")))
        .isInstanceOf(RefusedPathException.class);
  }

  @Test
  void namesAndTargetsThatAreNotUtf8AreRefused() throws Exception {
    assertThat(run("sh", "-c", "touch \"$(printf 'sub/x\\377')\"")).isZero();
    assertThatThrownBy(() -> add(AddOptions.standard(), tree))
        .isInstanceOf(RefusedPathException.class)
        .hasMessageContaining("not UTF-8")
        .hasMessageContaining("x\ufffd");
    assertThat(run("sh", "-c", "rm sub/x* && ln -s \"$(printf 'y\\377/')\" bad")).isZero();
    assertThatThrownBy(() -> add(AddOptions.standard(), tree))
        .isInstanceOf(RefusedPathException.class)
        .hasMessageContaining("bad");
  }

  @Test
  void linksThatLeadBackAreRefusedWhenFollowed() throws IOException {
    Files.createSymbolicLink(tree.resolve("sub/up"), Path.of(".."));

    assertThat(add(AddOptions.standard(), tree).symlinks()).isEqualTo(3);
    assertThatThrownBy(() -> add(AddOptions.standard().withSymlinks(Symlinks.FOLLOW), tree))
        .isInstanceOf(RefusedPathException.class)
        .hasMessageContaining("inside itself");
  }

  @Test
  void whatDoesNotExistIsNotFound() throws IOException {
    Files.createSymbolicLink(tree.resolve("gone"), Path.of("nowhere"));

    assertThat(add(AddOptions.standard(), tree.resolve("gone")).symlinks()).isEqualTo(1);
    assertThatThrownBy(() -> add(AddOptions.standard(), tree.resolve("nowhere")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> add(AddOptions.standard().withSymlinks(Symlinks.FOLLOW), tree))
        .isInstanceOf(NoSuchFileException.class);
  }

  /** In a JVM of its own: the property is read when a JVM starts. */
  @Test
  void aJvmThatDoesNotReadNamesAsUtf8RefusesFolders() throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            FolderAddTest.class.getName(),
            tree.toString());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(printed).contains("RefusedPathException").contains("LC_ALL=C.UTF-8");
  }

  /** Adds its argument. */
  public static void main(String[] args) throws IOException {
    Path tree = Path.of(args[0]);
    System.out.println(
        new FolderAdd(BlockWriter.discarding(), tree, AddOptions.standard()).add(tree));
  }

  private int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).directory(tree.toFile()).inheritIO().start().waitFor();
  }
}
