package dev.cairn.io.store.kubo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.http.DagStream;
import dev.cairn.io.unixfs.AddOptions;
import dev.cairn.io.unixfs.FolderAdd;
import dev.cairn.io.unixfs.FolderGet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.lifecycle.BeforeTry;

/**
 * For random files and trees a real node and we give one CID, and each reads what the other wrote;
 * and we read what it writes in every other profile. Another seed every run: a failure says it.
 */
class KuboPropertiesIT {
  private static final int MIB = 1 << 20;

  /** Bytes at most of files that the node cuts into chunks which may be small. */
  private static final int MAX_BYTES = 400_000;

  /** Bytes of a plain folder's block at most: {@code unixfs-v1-2025}. */
  private static final int PLAIN_FOLDER_BYTES = 256 << 10;

  private static final List<String> ODD_NAMES =
      List.of(
          "..x",
          "...",
          " lead",
          "trail ",
          "new\nline",
          "\u0001",
          "back\\slash",
          "quo\"te",
          "%2F",
          "a+b&c=d",
          "?",
          "*",
          "~",
          "-r",
          "--",
          "\u202ertl",
          "\ufeff",
          "\ufffd",
          "e\u0301",
          "\u00e9",
          "\u1e9b\u0323",
          "\u212b",
          "\uac00",
          "\u1100\u1161",
          "\ud83e\udd80",
          "\udbff\udffd",
          "n".repeat(255),
          "\u65e5".repeat(85));

  private static final RealKubo KUBO = new RealKubo();

  private Path temp = Path.of("");

  @BeforeContainer
  static void start() throws IOException {
    KUBO.start();
  }

  @AfterContainer
  static void close() throws IOException {
    KUBO.close();
  }

  @BeforeTry
  void makeFolder() throws IOException {
    temp = Files.createTempDirectory("cairn-properties-");
  }

  @AfterTry
  void removeFolder() throws IOException {
    try (Stream<Path> files = Files.walk(temp)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** What a path holds. */
  private interface Content {
    void writeTo(Path path) throws IOException;
  }

  private record OfBytes(long seed, int bytes) implements Content {
    @Override
    public void writeTo(Path path) throws IOException {
      byte[] content = new byte[bytes];
      new Random(seed).nextBytes(content);
      Files.write(path, content);
    }
  }

  private record LinkTo(String target) implements Content {
    @Override
    public void writeTo(Path path) throws IOException {
      Files.createSymbolicLink(path, Path.of(target));
    }
  }

  private record Named(String name, Content content) {}

  private record Folder(List<Named> entries) implements Content {
    @Override
    public void writeTo(Path path) throws IOException {
      Files.createDirectory(path);
      for (Named named : entries) {
        named.content().writeTo(path.resolve(named.name()));
      }
    }
  }

  /** How the node is told to add, and the bytes of the files where its nodes fill up. */
  private record Manner(List<String> options, List<Integer> sizes) {}

  @Property(tries = 25)
  void aTreeHasOneCidAndGoesBothWays(@ForAll("trees") Content tree) throws IOException {
    bothWays(tree);
  }

  @Property(tries = 25)
  void aFileHasOneCidAndGoesBothWays(@ForAll("files") Content file) throws IOException {
    bothWays(file);
  }

  /** As many entries as a plain folder holds, some fewer and some more. */
  @Property(tries = 5)
  void aFolderAboutAsLargeAsAPlainOneMayBeGoesBothWays(
      @ForAll @IntRange(min = 60, max = 250) int nameLength,
      @ForAll @IntRange(min = -2, max = 2) int more)
      throws IOException {
    // PBLink: a CID of 36 bytes, the name, a Tsize of one byte, each with tag and length.
    int link = 2 + 36 + (nameLength < 128 ? 2 : 3) + nameLength + 2;
    int whole = link + (link < 128 ? 2 : 3);
    int most = (PLAIN_FOLDER_BYTES - 4) / whole;
    List<Named> entries = new ArrayList<>();
    for (int i = 0; i < most + more; i++) {
      String name = "%05d".formatted(i) + "x".repeat(nameLength - 5);
      entries.add(new Named(name, new OfBytes(i % 7, 1)));
    }
    bothWays(new Folder(entries));
  }

  @Property(tries = 30)
  void whatTheNodeWritesInAnyMannerIsReadAsItWas(
      @ForAll("manners") Manner manner, @ForAll("smallTrees") Content tree) throws IOException {
    Path folder = Files.createDirectory(temp.resolve("tree"));
    tree.writeTo(folder.resolve("tree"));
    for (int size : manner.sizes()) {
      new OfBytes(size, size).writeTo(folder.resolve("file-" + size));
    }
    Cid root = KUBO.add(folder, manner.options().toArray(String[]::new));
    Path got = temp.resolve("got");
    get(root, got);
    assertThat(hash(got)).isEqualTo(hash(folder));
  }

  /** What we put is what the node would have added, and each gets what the other put. */
  private void bothWays(Content content) throws IOException {
    Path path = temp.resolve("content");
    content.writeTo(path);
    Cid ours = put(path);
    assertThat(KUBO.add(path, "--pin=false")).isEqualTo(ours);
    Path theirs = temp.resolve("theirs");
    KUBO.ipfs("get", "--output", theirs.toString(), ours.toString());
    assertThat(hash(theirs)).isEqualTo(ours);
    Path got = temp.resolve("ours");
    get(ours, got);
    assertThat(hash(got)).isEqualTo(ours);
  }

  private Cid put(Path path) throws IOException {
    try (KuboStore store = KUBO.store();
        KuboWriter writer = store.newWriter()) {
      Cid root = new FolderAdd(writer, temp, AddOptions.standard().withHidden()).add(path).cid();
      writer.seal();
      return root;
    }
  }

  private void get(Cid root, Path to) throws IOException {
    try (KuboStore store = KUBO.store();
        DagStream stream = store.stream()) {
      new FolderGet(stream).get(root, to);
    }
  }

  private Cid hash(Path path) throws IOException {
    BlockWriter nowhere = BlockWriter.discarding();
    return new FolderAdd(nowhere, temp, AddOptions.standard().withHidden()).add(path).cid();
  }

  @Provide
  Arbitrary<Content> files() {
    return bytes(Arbitraries.of(0, 1, 2, 3, 5).map(chunks -> chunks * MIB));
  }

  /** A file of about as many bytes as said, or of any. */
  private static Arbitrary<Content> bytes(Arbitrary<Integer> about) {
    Arbitrary<Integer> near =
        Combinators.combine(about, Arbitraries.integers().between(-1, 1))
            .as((bytes, more) -> Math.max(0, bytes + more));
    Arbitrary<Integer> any = Arbitraries.integers().between(0, 3 * MIB);
    return Combinators.combine(Arbitraries.longs(), Arbitraries.oneOf(near, any)).as(OfBytes::new);
  }

  @Provide
  Arbitrary<Content> trees() {
    Arbitrary<Content> large = bytes(Arbitraries.just(MIB));
    return Arbitraries.recursive(
        () -> Arbitraries.frequencyOf(Tuple.of(12, leaves()), Tuple.of(1, large)),
        this::folders,
        1,
        4);
  }

  @Provide
  Arbitrary<Content> smallTrees() {
    return Arbitraries.recursive(this::leaves, this::folders, 1, 3);
  }

  private Arbitrary<Content> leaves() {
    Arbitrary<Content> small =
        Combinators.combine(Arbitraries.longs(), Arbitraries.integers().between(0, 5000))
            .as(OfBytes::new);
    Arbitrary<Content> links = names().map(LinkTo::new);
    return Arbitraries.frequencyOf(Tuple.of(6, small), Tuple.of(1, links));
  }

  private Arbitrary<Content> folders(Arbitrary<Content> inside) {
    return Combinators.combine(names(), inside)
        .as(Named::new)
        .list()
        .ofMaxSize(12)
        .uniqueElements(Named::name)
        .map(Folder::new);
  }

  /** What a file system of Unix takes: any character but the slash, in at most 255 bytes. */
  private static Arbitrary<String> names() {
    Arbitrary<String> any =
        Arbitraries.strings()
            .withCharRange('\u0001', '\ud7ff')
            .withCharRange('\ue000', '\uffff')
            .excludeChars('/')
            .ofMinLength(1)
            .ofMaxLength(85);
    Arbitrary<String> plain = Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(9);
    return Arbitraries.oneOf(any, plain, Arbitraries.of(ODD_NAMES))
        .filter(name -> !name.equals(".") && !name.equals(".."))
        .filter(name -> name.getBytes(StandardCharsets.UTF_8).length <= 255);
  }

  @Provide
  Arbitrary<Manner> manners() {
    Arbitrary<Integer> chunk = Arbitraries.integers().between(200, 1 << 18);
    Arbitrary<Integer> links = Arbitraries.integers().between(2, 200);
    Arbitrary<List<String>> leaves =
        options(
            "",
            "--cid-version=0",
            "--cid-version=0 --raw-leaves",
            "--cid-version=1 --raw-leaves=false",
            "--raw-leaves=false --preserve-mode --preserve-mtime",
            "--inline --inline-limit=64",
            "--hash=blake2b-256",
            "--hash=sha2-512");
    Arbitrary<List<String>> layout = options("", "--trickle");
    Arbitrary<List<String>> folders =
        options("", "--max-directory-links=4 --max-hamt-fanout=8", "--max-directory-links=9");
    return Combinators.combine(chunk, links, leaves, layout, folders)
        .as(
            (bytes, most, leaf, shape, folder) -> {
              List<String> options = new ArrayList<>(leaf);
              options.addAll(shape);
              options.addAll(folder);
              options.add("--chunker=size-" + bytes);
              options.add("--max-file-links=" + most);
              return new Manner(options, sizes(bytes, most));
            });
  }

  private static Arbitrary<List<String>> options(String... choices) {
    return Arbitraries.of(choices)
        .map(words -> words.isEmpty() ? List.of() : List.of(words.split(" ")));
  }

  /** Around one chunk, a full node of chunks, and a full node of such nodes. */
  private static List<Integer> sizes(int chunk, int links) {
    List<Integer> sizes = new ArrayList<>();
    for (long full : new long[] {chunk, (long) chunk * links, (long) chunk * links * links}) {
      for (long size = full - 1; size <= full + 1 && size < MAX_BYTES; size++) {
        sizes.add((int) size);
      }
    }
    return sizes;
  }
}
