package dev.cairn.io.beam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cairn.io.block.MemoryStore;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.unixfs.DirectoryWriter;
import dev.cairn.io.unixfs.UnixFsWriter;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.beam.sdk.io.FileSystemUtils;
import org.junit.jupiter.api.Test;

class FileSearchTest {
  private static final List<String> TREE =
      List.of(
          "README.md",
          "a[1].txt",
          "data/x.txt",
          "data/y.csv",
          "data/2024/jan.txt",
          "data/2024/feb.txt",
          "data/2025/jan.txt",
          "data/2025/deep/er/jan.txt",
          "%64ata/z.txt",
          "other/x.txt");

  private final MemoryStore store = new MemoryStore();

  @Test
  void findsWhatPatternsName() throws IOException {
    assertThat(found("data/*")).containsExactly("data/x.txt", "data/y.csv");
    assertThat(found("data/?.txt")).containsExactly("data/x.txt");
    assertThat(found("data/*/jan.txt")).containsExactly("data/2024/jan.txt", "data/2025/jan.txt");
    assertThat(found("data/202[0-4]/*")).containsExactly("data/2024/feb.txt", "data/2024/jan.txt");
    assertThat(found("data/202[^4]/*")).containsExactly("data/2025/jan.txt");
    assertThat(found("data/202[!4]/*")).containsExactly("data/2025/jan.txt");
    assertThat(found("data/**/jan.txt"))
        .containsExactly("data/2024/jan.txt", "data/2025/deep/er/jan.txt", "data/2025/jan.txt");
    assertThat(found("data/**/*.csv")).containsExactly("data/y.csv");
    assertThat(found("**/x.txt")).containsExactly("data/x.txt", "other/x.txt");
    assertThat(found("**")).hasSameSizeAs(TREE);
    assertThat(found("[a-z]ther/x.txt")).containsExactly("other/x.txt");
  }

  @Test
  void takesAPathThatExistsAsItIsWritten() throws IOException {
    assertThat(found("a[1].txt")).containsExactly("a[1].txt");
    assertThat(found("a\\[1].*")).containsExactly("a[1].txt");
    assertThat(found("%64ata/*")).containsExactly("%64ata/z.txt");
    assertThat(found("data/[x.txt", "data/[x.txt")).containsExactly("data/[x.txt");
  }

  @Test
  void tellsWhatIsNotThere() {
    for (String pattern : List.of("data/z.txt", "no/x.txt", "data/x.txt/y", "*.pdf", "no/**")) {
      assertThatExceptionOfType(FileNotFoundException.class).isThrownBy(() -> found(pattern));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> found("data/[z-a]"))
        .withMessageContaining("ranges");
  }

  @Test
  void refusesAFolderThatIsNamed() {
    for (String pattern : List.of("data", "", "data/2024")) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> found(pattern))
          .withMessageContaining("a folder; its files are ipfs://root");
    }
  }

  @Test
  void doesNotFollowLinks() throws IOException {
    UnixFsWriter unixfs = new UnixFsWriter(store, Folders.TEMP);
    Cid root;
    try (DirectoryWriter folder = unixfs.directory()) {
      folder.add("file", Folders.file(store, new byte[3]));
      folder.add("link", unixfs.symlink("file"));
      root = folder.finish().cid();
    }
    assertThat(search(root, "*")).containsExactly("file");
    assertThat(search(root, "**")).containsExactly("file");
    assertThatExceptionOfType(FileNotFoundException.class).isThrownBy(() -> search(root, "*/file"));
    for (String pattern : List.of("link", "link/file", "link/*", "link/**")) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> search(root, pattern))
          .withMessageContaining("which is not followed");
    }
  }

  @Test
  void refusesNamesThatNoAddressCanCarry() throws IOException {
    Cid root = Folders.write(store, List.of("line\nbreak", "fine"));
    assertThat(search(root, "f*")).containsExactly("fine");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> search(root, "*"))
        .withMessageContaining("line break");
  }

  @Test
  void readsOnlyFoldersInWhichSomethingCanMatch() throws IOException {
    Cid root = Folders.write(store, TREE);
    Set<Cid> all = reads(root, "**");
    assertThat(reads(root, "other/*.txt")).hasSize(3);
    assertThat(reads(root, "data/2024/jan.txt")).hasSize(4);
    assertThat(reads(root, "o**")).hasSize(3);
    assertThat(reads(root, "data/2024/**")).hasSizeLessThan(all.size() / 2);
  }

  @Test
  void readsOnePathOfALargeFolderForANameThatIsSpelledOut() throws IOException {
    List<String> names =
        IntStream.range(0, 8000).mapToObj(i -> "large/" + i + "/file-" + i).toList();
    Cid root = Folders.write(store, names);
    assertThat(reads(root, "large/77/file-77")).hasSizeLessThan(8);
    assertThat(reads(root, "large/77/*")).hasSizeLessThan(8);
  }

  @Property(tries = 500)
  void agreesWithBeamsOwnRules(
      @ForAll("trees") Set<String> paths, @ForAll("patterns") String pattern) throws IOException {
    Pattern rule = Pattern.compile(FileSystemUtils.wildcardToRegexp(pattern));
    Set<String> files = withoutFoldersThatAreFiles(paths);
    Set<String> expected =
        files.stream()
            .filter(path -> rule.matcher(path).matches())
            .collect(Collectors.toCollection(TreeSet::new));
    Cid root = Folders.write(store, files);
    if (expected.isEmpty()) {
      assertThatExceptionOfType(FileNotFoundException.class)
          .isThrownBy(() -> search(root, pattern));
    } else {
      assertThat(search(root, pattern)).containsExactlyElementsOf(expected);
    }
  }

  @Provide
  Arbitrary<Set<String>> trees() {
    Arbitrary<String> step = Arbitraries.of("a", "b", "ab", "a.b", "c+", "x(1)", "{a}", "é", "😀");
    return step.list().ofMinSize(1).ofMaxSize(4).map(s -> String.join("/", s)).set().ofMaxSize(25);
  }

  /** With at least one step that is a choice. */
  @Provide
  Arbitrary<String> patterns() {
    Arbitrary<String> atom =
        Arbitraries.of("a", "b", ".", "+", "{a}", "(1)", "*", "*", "?", "**", "[ab]", "[a-c]");
    Arbitrary<String> step = atom.list().ofMinSize(1).ofMaxSize(3).map(a -> String.join("", a));
    return step.list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(s -> String.join("/", s))
        .filter(p -> p.matches("(?s).*[*?\\[].*"));
  }

  private static Set<String> withoutFoldersThatAreFiles(Set<String> paths) {
    Set<String> files = new TreeSet<>(paths);
    files.removeIf(path -> paths.stream().anyMatch(other -> other.startsWith(path + "/")));
    return files;
  }

  private List<String> found(String pattern, String... more) throws IOException {
    Set<String> paths = new TreeSet<>(TREE);
    paths.addAll(List.of(more));
    return search(Folders.write(store, paths), pattern);
  }

  private List<String> search(Cid root, String pattern) throws IOException {
    List<FoundFile> files = new FileSearch(store, root, "ipfs://root").files(pattern);
    assertThat(files).allSatisfy(f -> assertThat(f.bytes()).isPositive());
    return files.stream().map(FoundFile::path).toList();
  }

  private Set<Cid> reads(Cid root, String pattern) throws IOException {
    store.takeReads();
    search(root, pattern);
    return store.takeReads();
  }
}
