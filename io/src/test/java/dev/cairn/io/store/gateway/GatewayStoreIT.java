package dev.cairn.io.store.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockStore;
import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.block.CorruptBlockException;
import dev.cairn.io.block.MissingBlockException;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.http.Endpoint;
import dev.cairn.io.store.http.ScriptedServer;
import dev.cairn.io.store.kubo.RealKubo;
import dev.cairn.io.unixfs.AddOptions;
import dev.cairn.io.unixfs.FolderAdd;
import dev.cairn.io.unixfs.FolderGet;
import dev.cairn.io.unixfs.UnixFs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files, folders and spans of files out of a real gateway, what it sends counted on the way. */
@Timeout(120)
class GatewayStoreIT {
  private static final int MIB = 1 << 20;

  @RegisterExtension static final RealKubo KUBO = new RealKubo();

  @TempDir Path temp;

  private final AtomicLong received = new AtomicLong();
  private ScriptedServer between;
  private GatewayStore gateway;
  private BlockStore stream;

  @BeforeEach
  void open() throws IOException {
    between = new ScriptedServer();
    between.play(this::forward);
    gateway = GatewayStore.builder(between.endpoint()).build();
    stream = gateway.stream();
  }

  @AfterEach
  void close() throws IOException {
    stream.close();
    gateway.close();
    between.close();
  }

  /** Passes a request on to the gateway, and its answer back. */
  private void forward(ScriptedServer.Conversation with) throws IOException {
    String head = with.readHead().replaceFirst("Connection: [^\r]*", "Connection: close");
    Endpoint to = KUBO.gateway();
    try (Socket socket = new Socket(to.host(), to.port())) {
      socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      InputStream in = socket.getInputStream();
      byte[] buffer = new byte[1 << 16];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        received.addAndGet(count);
        with.write(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
      }
    }
  }

  private static byte[] random(long seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private Cid add(byte[] content, String... options) throws IOException {
    return KUBO.add(Files.write(temp.resolve("file"), content), options);
  }

  private Cid hash(Path path) throws IOException {
    return new FolderAdd(BlockWriter.discarding(), temp, AddOptions.standard().withHidden())
        .add(path)
        .cid();
  }

  private byte[] copy(Cid file, long offset, long length) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new UnixFs(stream).copy(file, offset, length, out);
    return out.toByteArray();
  }

  private long archives() {
    return between.heads().stream().filter(head -> head.contains("format=car")).count();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, MIB - 1, MIB, MIB + 1, 2 * MIB, 7 * MIB + 3})
  void filesOfEverySizeAreRead(int size) throws IOException {
    byte[] content = random(size, size);
    Cid cid = add(content);
    assertThat(copy(cid, 0, Long.MAX_VALUE)).isEqualTo(content);
    assertThat(between.heads()).hasSize(1);
    new FolderGet(stream).get(cid, temp.resolve("got"));
    assertThat(hash(temp.resolve("got"))).isEqualTo(cid);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--cid-version=0",
        "--raw-leaves=false --chunker=size-1000",
        "--raw-leaves=true --chunker=size-3000 --max-file-links=5",
        "--trickle --chunker=size-1000",
        "--hash=blake2b-256",
        "--hash=sha2-512 --chunker=rabin"
      })
  void filesOfOtherProfilesAreReadWholeAndInSpans(String options) throws IOException {
    byte[] content = random(3, MIB + 77);
    Cid cid = add(content, options.split(" "));
    assertThat(copy(cid, 0, Long.MAX_VALUE)).isEqualTo(content);
    for (int from : new int[] {0, 1, 999, 1000, 262_144, 500_000, MIB + 76}) {
      for (int length : new int[] {1, 1000, 40_000}) {
        int end = Math.min(content.length, from + length);
        assertThat(copy(cid, from, length)).isEqualTo(Arrays.copyOfRange(content, from, end));
      }
    }
  }

  @Test
  void aFolderWithManyNamesAndSmallFilesComesInArchives() throws IOException {
    Path folder = Files.createDirectories(temp.resolve("tree/many"));
    for (int i = 0; i < 1600; i++) {
      Files.write(folder.resolve("a-long-name-".repeat(10) + i), random(i, i % 50));
    }
    Files.createDirectory(temp.resolve("tree/empty"));
    Files.write(temp.resolve("tree/large"), random(1, 3 * MIB + 1));
    Files.createSymbolicLink(temp.resolve("tree/link"), Path.of("large"));
    Cid root = KUBO.add(temp.resolve("tree"));
    assertThat(KUBO.ipfs("dag", "get", root + "/many")).contains("\"Name\":\"FF\"");
    new FolderGet(stream).get(root, temp.resolve("got"));
    assertThat(hash(temp.resolve("got"))).isEqualTo(root);
    assertThat(between.heads().size()).isLessThan(600);
  }

  @Test
  void aSpanComesInOneAnswerWithNothingElse() throws IOException {
    byte[] content = random(4, 20 * MIB);
    Cid cid = add(content);
    int from = 10 * MIB - 5;
    assertThat(copy(cid, from, 10)).isEqualTo(Arrays.copyOfRange(content, from, from + 10));
    assertThat(between.heads()).hasSize(1);
    assertThat(between.heads().get(0))
        .contains("format=car", "dag-scope=entity", "entity-bytes=" + from + "%3A" + (from + 9));
    assertThat(received.get()).isBetween(2L * MIB, 2L * MIB + 10_000);
  }

  @Test
  void aChannelSeeksAndReadsManyLeavesInOneAnswer() throws IOException {
    byte[] content = random(5, 20 * MIB);
    Cid cid = add(content);
    try (SeekableByteChannel channel = new UnixFs(stream).open(cid)) {
      ByteBuffer buffer = ByteBuffer.allocate(3 * MIB);
      assertThat(channel.position(7 * MIB + 9).read(buffer)).isEqualTo(3 * MIB);
      assertThat(buffer.array()).isEqualTo(Arrays.copyOfRange(content, 7 * MIB + 9, 10 * MIB + 9));
      assertThat(between.heads()).hasSize(2);
      assertThat(received.get()).isBetween(4L * MIB, 4L * MIB + 20_000);
      channel.position(15 * MIB).read(buffer.clear().limit(100));
      assertThat(archives()).isEqualTo(1);
      assertThat(between.heads()).hasSize(3);
    }
  }

  @Test
  void aSeekIntoADeepFileComesInOneAnswerWithThePathToIt() throws IOException {
    byte[] content = random(6, 3 * MIB);
    Cid cid = add(content, "--chunker=size-1024", "--max-file-links=16");
    try (SeekableByteChannel channel = new UnixFs(stream).open(cid)) {
      ByteBuffer buffer = ByteBuffer.allocate(10);
      channel.position(2 * MIB + 1000).read(buffer);
      assertThat(buffer.array())
          .isEqualTo(Arrays.copyOfRange(content, 2 * MIB + 1000, 2 * MIB + 1010));
      assertThat(between.heads()).hasSize(2);
      assertThat(received.get()).isLessThan(10_000);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "5, 0", "3145728, 1", "3145729, 100", "3145727, 100", "9000000000, 5"})
  void spansAtAndBehindTheEndAreCut(long from, long length) throws IOException {
    byte[] content = random(7, 3 * MIB);
    Cid cid = add(content);
    int start = (int) Math.min(from, content.length);
    int end = (int) Math.min(from + length, content.length);
    assertThat(copy(cid, from, length)).isEqualTo(Arrays.copyOfRange(content, start, end));
  }

  @Test
  void whatASpanDoesNotNeedMayBeMissing() throws IOException {
    byte[] content = random(8, 5 * MIB);
    Cid cid = add(content, "--pin=false");
    Cid leaf = Block.raw(Arrays.copyOfRange(content, 2 * MIB, 3 * MIB)).cid();
    KUBO.ipfs("block", "rm", leaf.toString());
    assertThat(copy(cid, 3 * MIB, MIB)).isEqualTo(Arrays.copyOfRange(content, 3 * MIB, 4 * MIB));
    for (long[] span : List.of(new long[] {0, 5 * MIB}, new long[] {2 * MIB + 5, 1})) {
      assertThatThrownBy(() -> copy(cid, span[0], span[1]))
          .isInstanceOf(MissingBlockException.class)
          .hasMessageContainingAll(leaf.toString(), "gateway " + between.endpoint());
    }
    assertThatThrownBy(() -> new FolderGet(stream).get(cid, temp.resolve("got")))
        .isInstanceOf(MissingBlockException.class);
  }

  @Test
  void aFlippedBitIsFoundInASpanAndInAFolder() throws IOException {
    byte[] content = random(9, 5 * MIB);
    Cid cid = add(content, "--pin=false");
    Cid leaf = Block.raw(Arrays.copyOfRange(content, 2 * MIB, 3 * MIB)).cid();
    KUBO.flip(leaf);
    assertThat(copy(cid, 0, MIB)).isEqualTo(Arrays.copyOf(content, MIB));
    assertThatThrownBy(() -> copy(cid, 0, Long.MAX_VALUE))
        .isInstanceOf(CorruptBlockException.class)
        .hasMessageContainingAll(leaf.toString(), "gateway " + between.endpoint(), "SHA2_256:");
    assertThatThrownBy(() -> copy(cid, 2 * MIB, 1)).isInstanceOf(CorruptBlockException.class);
    assertThatThrownBy(() -> new FolderGet(stream).get(cid, temp.resolve("got")))
        .isInstanceOf(CorruptBlockException.class);
  }

  @Test
  void aGatewayAtLocalhostIsReadThroughItsSubdomains() throws IOException {
    Cid cid = add(random(10, 2 * MIB));
    Endpoint named = Endpoint.parse("http://localhost:" + KUBO.gateway().port());
    try (GatewayStore localhost = GatewayStore.builder(named).build()) {
      localhost.probe();
      assertThat(localhost.has(cid)).isTrue();
      assertThat(localhost.get(cid).cid()).isEqualTo(cid);
    }
  }
}
