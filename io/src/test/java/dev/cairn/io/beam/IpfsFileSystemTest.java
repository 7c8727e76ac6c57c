package dev.cairn.io.beam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.cairn.io.block.CorruptBlockException;
import dev.cairn.io.block.MissingBlockException;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.unixfs.UnixFs;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;
import org.apache.beam.sdk.io.fs.MatchResult.Status;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IpfsFileSystemTest {
  private static final String ABSENT =
      "bafybeiczsscdsbs7ffqz55asqdf3smv6klcw3gofszvwlyarci47bgf354";

  @TempDir Path temp;
  private Home home;

  @BeforeEach
  void register() {
    home = new Home(temp.resolve("home"));
    FileSystems.setDefaultPipelineOptions(home.options());
  }

  @Test
  void describesFiles() throws IOException {
    Path input = Files.createDirectories(temp.resolve("input/below"));
    Files.write(input.resolve("large"), bytes(3_000_000));
    Files.writeString(input.resolve("a%20b"), "small");
    Cid root = home.add(temp.resolve("input"));
    List<Metadata> files = FileSystems.match("ipfs://" + root + "/*/*").metadata();
    assertThat(files)
        .extracting(file -> file.resourceId().toString(), Metadata::sizeBytes)
        .containsExactly(
            tuple("ipfs://" + root + "/below/a%20b", 5L),
            tuple("ipfs://" + root + "/below/large", 3_000_000L));
    try (LocalStore store = home.open()) {
      Cid large = new UnixFs(store).resolve(root, "below/large");
      assertThat(files.get(1).checksum()).isEqualTo(large.toString());
    }
    assertThat(files)
        .allSatisfy(
            file -> {
              assertThat(file.isReadSeekEfficient()).isTrue();
              assertThat(file.lastModifiedMillis()).isZero();
            });
    Metadata one = FileSystems.matchSingleFileSpec("ipfs://" + root + "/below/large");
    assertThat(one).isEqualTo(files.get(1));
  }

  @Test
  void findsAmongThousandsOfEntries() throws IOException {
    Cid root =
        home.add(
            IntStream.range(0, 6000)
                .mapToObj(i -> String.format("large/case-%04d-of-6000-%060d.json", i, i))
                .toList());
    assertThat(FileSystems.match("ipfs://" + root + "/large/*").metadata()).hasSize(6000);
    assertThat(FileSystems.match("ipfs://" + root + "/large/case-00[0-4]?-*").metadata())
        .hasSize(50)
        .extracting(file -> file.resourceId().getFilename())
        .isSorted();
    assertThat(FileSystems.match("ipfs://" + root + "/**/case-1234-*").metadata()).hasSize(1);
  }

  @Test
  void tellsAbsenceFromFailure() throws IOException {
    Cid root = home.add(List.of("a/b"));
    List<MatchResult> results =
        FileSystems.match(
            List.of(
                "ipfs://" + root + "/a/c",
                "ipfs://" + root + "/a/*.txt",
                "ipfs://" + root + "/a",
                "ipfs://" + ABSENT + "/*",
                "ipfs://caselaw/*",
                "ipfs://" + root + "/a/b"));
    assertThat(results)
        .extracting(MatchResult::status)
        .containsExactly(
            Status.NOT_FOUND,
            Status.NOT_FOUND,
            Status.ERROR,
            Status.ERROR,
            Status.ERROR,
            Status.OK);
    assertThatExceptionOfType(FileNotFoundException.class)
        .isThrownBy(() -> results.get(0).metadata());
    assertThatExceptionOfType(MissingBlockException.class)
        .isThrownBy(() -> results.get(3).metadata());
    assertThat(
            FileSystems.match("ipfs://" + root + "/a/*.txt", EmptyMatchTreatment.ALLOW_IF_WILDCARD)
                .metadata())
        .isEmpty();
    assertThat(FileSystems.match("ipfs://" + ABSENT + "/*", EmptyMatchTreatment.ALLOW).status())
        .isEqualTo(Status.ERROR);
  }

  @Test
  void seeks() throws IOException {
    Path file = temp.resolve("large");
    byte[] content = bytes(2_500_000);
    Files.write(file, content);
    Metadata found = FileSystems.matchSingleFileSpec("ipfs://" + home.add(file));
    assertThat(found.sizeBytes()).isEqualTo(content.length);
    try (ReadableByteChannel opened = FileSystems.open(found.resourceId())) {
      SeekableByteChannel channel = (SeekableByteChannel) opened;
      assertThat(channel.size()).isEqualTo(content.length);
      ByteBuffer part = ByteBuffer.allocate(1000);
      channel.position(1_048_000);
      assertThat(channel.read(part)).isEqualTo(1000);
      assertThat(part.array()).containsExactly(Arrays.copyOfRange(content, 1_048_000, 1_049_000));
    }
  }

  @Test
  void opensFilesOnly() throws IOException {
    Cid root = home.add(List.of("a/b"));
    assertThatExceptionOfType(FileNotFoundException.class)
        .isThrownBy(() -> FileSystems.open(resource("ipfs://" + root + "/a/c")));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> FileSystems.open(resource("ipfs://" + root + "/a")))
        .withMessageContaining("a folder");
  }

  @Test
  void readsOneVersionOfARef() throws IOException {
    Cid first = home.add(List.of("one"));
    Cid second = home.add(List.of("one", "two"));
    home.commit("caselaw", first);
    List<Metadata> files = FileSystems.match("ipns://caselaw/*").metadata();
    home.commit("caselaw", second);
    assertThat(files)
        .extracting(file -> file.resourceId().toString())
        .containsExactly("ipfs://" + first + "/one");
    assertThat(FileSystems.match("ipns://caselaw/*").metadata()).hasSize(2);
    assertThat(FileSystems.match("ipns://caselaw@{1}/*").metadata()).isEqualTo(files);
    assertThat(content("ipns://caselaw/two")).isEqualTo("two");
  }

  @Test
  void tellsThatOtherNamesNeedANode() throws IOException {
    for (String name :
        List.of(
            "k51qzi5uqu5dlvj2baxnqndepeb86cbk3ng7n3i46uzyxzyqj2xjonzllnv0v8",
            "docs.ipfs.tech",
            "unset")) {
      MatchResult result = FileSystems.match("ipns://" + name + "/*", EmptyMatchTreatment.ALLOW);
      assertThat(result.status()).isEqualTo(Status.ERROR);
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(result::metadata)
          .withMessageStartingWith(
              "Cannot resolve name: ipns://" + name + " (no ref here; another name needs a node");
    }
  }

  @Test
  void refusesToWrite() throws IOException {
    ResourceId file = resource("ipfs://" + home.add(List.of("a")) + "/a");
    ResourceId other = resource("ipfs://" + ABSENT + "/b");
    List<ThrowingCallable> writes =
        List.of(
            () -> FileSystems.create(other, "text/plain"),
            () -> FileSystems.copy(List.of(file), List.of(other)),
            () -> FileSystems.rename(List.of(file), List.of(other)),
            () -> FileSystems.delete(List.of(file)));
    for (ThrowingCallable write : writes) {
      assertThatExceptionOfType(UnsupportedOperationException.class)
          .isThrownBy(write)
          .withMessageContaining("dev.cairn.io.beam.IpfsIO.write()");
    }
    assertThat(content(file.toString())).isEqualTo("a");
  }

  @Test
  void neverYieldsBytesThatAreNotTheCids() throws IOException {
    Path file = temp.resolve("large");
    Files.write(file, bytes(3_000_000));
    ResourceId address = resource("ipfs://" + home.add(file));
    home.flipABit();
    try (ReadableByteChannel channel = FileSystems.open(address)) {
      ByteBuffer all = ByteBuffer.allocate(3_000_000);
      assertThatExceptionOfType(CorruptBlockException.class).isThrownBy(() -> channel.read(all));
    }
  }

  private static String content(String address) throws IOException {
    try (ReadableByteChannel channel = FileSystems.open(resource(address))) {
      ByteBuffer all = ByteBuffer.allocate(100);
      Objects.checkIndex(channel.read(all), 101);
      return StandardCharsets.UTF_8.decode(all.flip()).toString();
    }
  }

  private static ResourceId resource(String address) {
    return FileSystems.matchNewResource(address, false);
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(1).nextBytes(bytes);
    return bytes;
  }
}
