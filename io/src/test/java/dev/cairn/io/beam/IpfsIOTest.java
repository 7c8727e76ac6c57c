package dev.cairn.io.beam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.Pin;
import dev.cairn.io.unixfs.RefusedPathException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.IterableCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.metrics.Lineage;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IpfsIOTest {
  private static final Coder<KV<String, byte[]>> FILES =
      KvCoder.of(StringUtf8Coder.of(), ByteArrayCoder.of());
  private static final String EMPTY_FOLDER =
      "bafybeiczsscdsbs7ffqz55asqdf3smv6klcw3gofszvwlyarci47bgf354";

  @TempDir Path temp;
  private Home home;

  @BeforeEach
  void prepare() {
    home = new Home(temp.resolve("home"));
  }

  @Test
  void readsTargetsOfEveryForm() throws IOException {
    Cid root = home.add(List.of("a/one", "a/two", "b/three"));
    home.commit("caselaw", root);
    assertRead(root.toString(), "a/one", "a/two", "b/three");
    assertRead("ipfs://" + root + "/a", "a/one", "a/two");
    assertRead("/ipfs/" + root + "/*/t*", "a/two", "b/three");
    assertRead("caselaw/b/three", "b/three");
    assertRead("ipns://caselaw/**/o*", "a/one");
  }

  @Test
  void readsTargetsThatComeAsElements() throws IOException {
    Cid root = home.add(List.of("a/one", "a/two", "b/three"));
    Pipeline pipeline = home.pipeline();
    PAssert.that(
            contents(
                pipeline
                    .apply(Create.of(root + "/b", "ipfs://" + root + "/a/one"))
                    .apply(IpfsIO.readFiles())))
        .containsInAnyOrder("a/one", "b/three");
    assertThat(Lineage.query(pipeline.run().metrics(), Lineage.Type.SOURCE))
        .containsExactly("ipfs:" + root);
  }

  @Test
  void failsWhereNothingIsRead() throws IOException {
    Cid root = home.add(List.of("a/one"));
    for (String target : List.of(root + "/b/*", root + "/a/two")) {
      Pipeline pipeline = home.pipeline();
      pipeline.apply(IpfsIO.read().from(target));
      assertThatThrownBy(pipeline::run).hasRootCauseInstanceOf(FileNotFoundException.class);
    }
    assertThatIllegalArgumentException().isThrownBy(() -> IpfsIO.read().from("No ref"));
    assertThatIllegalArgumentException().isThrownBy(() -> IpfsIO.read().from("ipns://"));
  }

  @Test
  void writesWhatAddingTheSameFolderGives() throws IOException {
    Path folder = temp.resolve("folder");
    Files.createDirectories(folder.resolve("a/b"));
    Files.writeString(folder.resolve("a/b/one.txt"), "one");
    Files.writeString(folder.resolve("a/two.txt"), "two");
    Files.write(folder.resolve("large"), new byte[2_500_000]);
    Cid added = new Home(temp.resolve("other")).add(folder);
    List<KV<String, byte[]>> files =
        List.of(
            KV.of("large", new byte[2_500_000]),
            KV.of("a/two.txt", bytes("two")),
            KV.of("a/b/one.txt", bytes("one")));
    Pipeline pipeline = home.pipeline();
    IpfsWriteResult result =
        pipeline
            .apply(Create.of(files).withCoder(FILES))
            .apply(IpfsIO.write().withPinReason("a test"));
    PAssert.thatSingleton(result.getRoot().apply("Root", cids())).isEqualTo(added.toString());
    PAssert.that(
            result
                .getFiles()
                .apply(
                    MapElements.into(TypeDescriptors.strings())
                        .via(file -> file.getPath() + " " + file.getBytes())))
        .containsInAnyOrder("a/b/one.txt 3", "a/two.txt 3", "large 2500000");
    assertThat(Lineage.query(pipeline.run().metrics(), Lineage.Type.SINK))
        .containsExactly("ipfs:" + added);
    try (LocalStore store = home.open()) {
      assertThat(store.pins().list())
          .containsExactly(new Pin(added, Pin.Kind.PERSISTENT, "a test"));
      assertThat(store.verify().all().isClean()).isTrue();
    }
    assertRead(added + "/a", "one", "two");
  }

  @Test
  void writesByASinkOfBeam() throws IOException {
    Path folder = Files.createDirectory(temp.resolve("folder"));
    Files.writeString(folder.resolve("x.txt"), "1\n2\n");
    Files.writeString(folder.resolve("y.txt"), "3\n");
    Cid added = new Home(temp.resolve("other")).add(folder);
    Pipeline pipeline = home.pipeline();
    IpfsWriteResult result =
        pipeline
            .apply(
                Create.<KV<String, Iterable<String>>>of(
                        KV.of("y.txt", List.of("3")), KV.of("x.txt", List.of("1", "2")))
                    .withCoder(
                        KvCoder.of(StringUtf8Coder.of(), IterableCoder.of(StringUtf8Coder.of()))))
            .apply(IpfsIO.write(TextIO.sink()));
    PAssert.thatSingleton(result.getRoot().apply(cids())).isEqualTo(added.toString());
    pipeline.run();
  }

  /** More than a batch holds, and more than a plain folder. */
  @Test
  void writesManyFiles() throws IOException {
    List<String> names = IntStream.range(0, 11_000).mapToObj(i -> "many/" + i).toList();
    Cid added = new Home(temp.resolve("other")).add(names);
    Pipeline pipeline = home.pipeline();
    IpfsWriteResult result =
        pipeline
            .apply(Create.of(names))
            .apply(
                MapElements.into(
                        TypeDescriptors.kvs(
                            TypeDescriptors.strings(), TypeDescriptor.of(byte[].class)))
                    .via(name -> KV.of(name, bytes(name))))
            .apply(IpfsIO.write());
    PAssert.thatSingleton(result.getRoot().apply(cids())).isEqualTo(added.toString());
    PAssert.thatSingleton(result.getFiles().apply(Count.globally())).isEqualTo(11_000L);
    pipeline.run();
  }

  @Test
  void writesAFolderOfNoFiles() {
    Pipeline pipeline = home.pipeline();
    IpfsWriteResult result = pipeline.apply(Create.empty(FILES)).apply(IpfsIO.write());
    PAssert.thatSingleton(result.getRoot().apply(cids())).isEqualTo(EMPTY_FOLDER);
    pipeline.run();
  }

  @Test
  void refusesTwoFilesAtOnePath() throws IOException {
    for (String other : List.of("a", "a/b")) {
      Pipeline pipeline = home.pipeline();
      pipeline
          .apply(Create.of(KV.of("a", bytes("1")), KV.of(other, bytes("2"))).withCoder(FILES))
          .apply(IpfsIO.write());
      assertThatThrownBy(pipeline::run)
          .hasRootCauseInstanceOf(RefusedPathException.class)
          .hasMessageContaining("twice in one folder");
    }
    try (LocalStore store = home.open()) {
      assertThat(store.pins().list()).isEmpty();
    }
  }

  @Test
  void refusesInputWithoutAnEnd() {
    Pipeline pipeline = home.pipeline();
    PCollection<KV<String, byte[]>> endless =
        pipeline
            .apply(GenerateSequence.from(0))
            .apply(
                MapElements.into(
                        TypeDescriptors.kvs(
                            TypeDescriptors.strings(), TypeDescriptor.of(byte[].class)))
                    .via(i -> KV.of("f" + i, new byte[0])));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> endless.apply(IpfsIO.write()))
        .withMessageContaining("bounded");
  }

  private void assertRead(String target, String... contents) {
    Pipeline pipeline = home.pipeline();
    PAssert.that(contents(pipeline.apply(IpfsIO.read().from(target)))).containsInAnyOrder(contents);
    pipeline.run();
  }

  private static PCollection<String> contents(PCollection<FileIO.ReadableFile> files) {
    return files.apply(
        MapElements.into(TypeDescriptors.strings())
            .via(
                file -> {
                  try {
                    return file.readFullyAsUTF8String();
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                }));
  }

  private static MapElements<FileReceipt, String> cids() {
    return MapElements.into(TypeDescriptors.strings()).via(FileReceipt::getCid);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
