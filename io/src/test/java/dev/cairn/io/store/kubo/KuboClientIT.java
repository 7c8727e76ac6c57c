package dev.cairn.io.store.kubo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.CorruptBlockException;
import dev.cairn.io.block.DagPb;
import dev.cairn.io.block.MemoryStore;
import dev.cairn.io.block.MissingBlockException;
import dev.cairn.io.block.PbLink;
import dev.cairn.io.car.CarExport;
import dev.cairn.io.car.CarReader;
import dev.cairn.io.car.CarWriter;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.cid.HashFunction;
import dev.cairn.io.cid.Multihash;
import dev.cairn.io.store.http.Credentials;
import dev.cairn.io.store.http.CredentialsException;
import dev.cairn.io.store.http.Endpoint;
import dev.cairn.io.store.http.RefusedException;
import dev.cairn.io.store.http.Retries;
import dev.cairn.io.store.http.UnavailableException;
import dev.cairn.io.unixfs.AddOptions;
import dev.cairn.io.unixfs.FolderAdd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every call, against a real node. */
class KuboClientIT {
  @RegisterExtension static final RealKubo KUBO = new RealKubo();

  @TempDir Path temp;

  private KuboClient client;

  @BeforeEach
  void open() throws IOException {
    client = KUBO.client();
  }

  @AfterEach
  void close() {
    client.close();
  }

  private static Block text(String text) {
    return Block.raw(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A folder of small files, in a store of its own. */
  private Cid folder(MemoryStore store, String name) throws IOException {
    Path folder = Files.createDirectories(temp.resolve(name).resolve("sub"));
    for (int i = 0; i < 5; i++) {
      Files.writeString(folder.resolve("file-" + i), name + i);
    }
    return new FolderAdd(store, temp, AddOptions.standard()).add(temp.resolve(name)).cid();
  }

  private void send(MemoryStore store, Cid root) throws IOException {
    client.dagImport(out -> CarExport.v1(store, root, out), false);
  }

  @Test
  void theNodeTellsWhoItIsAndWhatItHolds() throws IOException {
    assertThat(client.version()).matches("\\d+\\.\\d+\\.\\d+.*");
    assertThat(client.id()).isEqualTo(KUBO.ipfs("id", "-f", "<id>"));
    assertThat(client.repoStat().bytes()).isPositive();
    assertThat(client.repoStat().limit()).isGreaterThan(1 << 20);
    assertThat(client).hasToString("KuboClient[" + KUBO.api() + "]");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "IDENTITY")
  void blocksOfEveryHashAreKept(HashFunction function) throws IOException {
    byte[] bytes = ("a block under " + function).getBytes(StandardCharsets.UTF_8);
    Multihash hash = Multihash.of(function, function.digest(bytes, 0, bytes.length));
    Block block = Block.verified(Cid.v1(Codec.DAG_CBOR, hash), bytes, "test");
    assertThat(client.blockStat(block.cid())).isEmpty();
    client.blockPut(block);
    client.blockPut(block);
    assertThat(client.blockStat(block.cid())).hasValue(bytes.length);
    assertThat(client.blockGet(block.cid()).bytes()).isEqualTo(bytes);
    assertThat(client.blockRemove(block.cid())).isTrue();
    assertThat(client.blockRemove(block.cid())).isFalse();
    assertThatThrownBy(() -> client.blockGet(block.cid()))
        .isInstanceOf(MissingBlockException.class)
        .hasMessageContainingAll(block.cid().toString(), "kubo " + KUBO.api());
  }

  @Test
  void emptyAndLargeBlocksAreKept() throws IOException {
    for (int size : new int[] {0, 1, Block.MAX_WRITE_BYTES, Block.MAX_READ_BYTES}) {
      Block block = Block.raw(new byte[size]);
      client.blockPut(block);
      assertThat(client.blockGet(block.cid()).bytes()).isEqualTo(block.bytes());
      assertThat(client.blockStat(block.cid())).hasValue(size);
    }
  }

  @Test
  void aPinnedBlockIsNotRemoved() throws IOException {
    Block block = text("pinned");
    client.blockPut(block);
    client.pins().add(block.cid(), "");
    assertThatThrownBy(() -> client.blockRemove(block.cid()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("pinned");
    assertThat(client.pins().remove(block.cid())).isTrue();
    assertThat(client.blockRemove(block.cid())).isTrue();
  }

  /** The node does not look itself: it serves the flipped bit, and exports it. */
  @Test
  void aBitThatFlippedOnTheNodesDiskIsFound() throws IOException {
    Block block = text("to rot");
    client.blockPut(block);
    KUBO.flip(block.cid());
    assertThatThrownBy(() -> client.blockGet(block.cid()))
        .isInstanceOf(CorruptBlockException.class)
        .hasMessageContainingAll(block.cid().toString(), "kubo " + KUBO.api(), "SHA2_256:");
    client.blockPut(block);
    assertThatThrownBy(() -> client.blockGet(block.cid()))
        .as("the node keeps the copy that it has")
        .isInstanceOf(CorruptBlockException.class);
    client.blockRemove(block.cid());
    client.blockPut(block);
    assertThat(client.blockGet(block.cid()).bytes()).isEqualTo(block.bytes());
  }

  @Test
  void anArchiveIsImportedPinnedCountedAndExported() throws IOException {
    MemoryStore store = new MemoryStore();
    Cid root = folder(store, "archive");
    ByteArrayOutputStream car = new ByteArrayOutputStream();
    CarExport.v1(store, root, car);
    ImportStats stats = client.dagImport(out -> out.write(car.toByteArray()), true);
    assertThat(stats.blocks()).isEqualTo(store.size());
    assertThat(client.pins().find(root)).hasValue(new KuboPin(root, ""));
    assertThat(client.dagStat(root)).isEqualTo(new DagStat(stats.blocks(), stats.bytes()));
    try (InputStream in = client.dagExport(root)) {
      assertThat(in.readAllBytes()).isEqualTo(car.toByteArray());
    }
    client.pins().remove(root);
  }

  @Test
  void anArchiveThatIsCutIsRefused() throws IOException {
    MemoryStore store = new MemoryStore();
    Cid root = folder(store, "cut");
    ByteArrayOutputStream car = new ByteArrayOutputStream();
    CarExport.v1(store, root, car);
    assertThatThrownBy(() -> client.dagImport(out -> out.write(car.toByteArray(), 0, 300), false))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("import failed");
  }

  @Test
  void aLongArchiveWithABadBlockIsRefused() throws IOException {
    Block good = text("good");
    assertThatThrownBy(
            () ->
                client.dagImport(
                    out -> {
                      CarWriter car = new CarWriter(out, List.of(good.cid()));
                      car.write(good.as(Cid.v1(Codec.DAG_CBOR, good.cid().multihash())));
                      for (int i = 0; i < 64; i++) {
                        byte[] bytes = new byte[1 << 20];
                        bytes[0] = (byte) i;
                        car.write(Block.raw(bytes));
                      }
                      car.flush();
                    },
                    false))
        .isInstanceOf(IOException.class);
  }

  @Test
  void rootsThatAreNotWholeAreNotPinned() throws IOException {
    Block absent = text("absent from the archive");
    byte[] node = DagPb.encode(List.of(new PbLink(absent.cid(), new byte[0], 9)), null);
    Block root = Block.of(Codec.DAG_PB, node);
    assertThatThrownBy(() -> client.dagImport(out -> write(out, root), true))
        .isInstanceOf(MissingBlockException.class)
        .hasMessageContaining(absent.cid().toString());
    assertThat(client.dagImport(out -> write(out, root), false).blocks()).isOne();
    assertThatThrownBy(() -> client.pins().add(root.cid(), "x"))
        .isInstanceOf(MissingBlockException.class)
        .hasMessageContaining(absent.cid().toString());
    assertThatThrownBy(() -> client.dagStat(root.cid()))
        .isInstanceOf(MissingBlockException.class)
        .hasMessageContaining(absent.cid().toString());
    assertThat(client.pins().find(root.cid())).isEmpty();
  }

  private static void write(OutputStream out, Block block) throws IOException {
    CarWriter car = new CarWriter(out, List.of(block.cid()));
    car.write(block);
    car.flush();
  }

  @Test
  void anExportWithoutALeafEndsWellAndIsShort() throws IOException {
    MemoryStore store = new MemoryStore();
    Cid root = folder(store, "short");
    send(store, root);
    client.blockRemove(text("short3").cid());
    int blocks = 0;
    try (CarReader car = CarReader.open(client.dagExport(root), "export")) {
      while (car.next() != null) {
        blocks++;
      }
    }
    assertThat(blocks).isEqualTo(store.size() - 1);
    assertThatThrownBy(() -> client.dagExport(text("nothing").cid()))
        .isInstanceOf(MissingBlockException.class);
  }

  @Test
  void pinsHaveNamesAndMove() throws IOException {
    MemoryStore store = new MemoryStore();
    Cid first = folder(store, "first");
    Cid second = folder(store, "second");
    send(store, first);
    send(store, second);
    KuboPins pins = client.pins();
    assertThat(pins.find(first)).isEmpty();
    assertThat(pins.remove(first)).isFalse();
    pins.add(first, "cairn:caselaw");
    pins.add(first, "cairn:caselaw");
    assertThat(pins.find(first)).hasValue(new KuboPin(first, "cairn:caselaw"));
    assertThatThrownBy(() -> pins.update(second, first, true))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("not recursively pinned");
    pins.update(first, second, true);
    assertThat(pins.find(first)).isEmpty();
    assertThat(pins.list("cairn:case")).containsExactly(new KuboPin(second, "cairn:caselaw"));
    pins.update(second, first, false);
    assertThat(pins.list("")).extracting(KuboPin::root).contains(first, second);
    assertThat(pins.list("no such name")).isEmpty();
    assertThatThrownBy(() -> pins.update(first, text("nothing").cid(), true))
        .isInstanceOf(MissingBlockException.class);
    assertThat(pins.remove(first)).isTrue();
    assertThat(pins.remove(second)).isTrue();
  }

  @Test
  void filesAreCopiedOnceListedAndRemoved() throws IOException {
    MemoryStore store = new MemoryStore();
    Cid root = folder(store, "files");
    send(store, root);
    KuboFiles files = client.files();
    String path = "/cairn/refs/caselaw/1";
    assertThat(files.stat(path)).isEmpty();
    assertThat(files.list("/cairn/refs/caselaw")).isEmpty();
    files.copy(root, path);
    assertThatThrownBy(() -> files.copy(root, path)).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(files.stat(path)).hasValue(new MfsEntry("1", root, true, 0));
    Block file = text("a file");
    client.blockPut(file);
    files.copy(file.cid(), "/cairn/refs/caselaw/ü & +%2F");
    assertThat(files.list("/cairn/refs/caselaw"))
        .containsExactlyInAnyOrder(
            new MfsEntry("1", root, true, 0), new MfsEntry("ü & +%2F", file.cid(), false, 6));
    assertThatThrownBy(() -> files.copy(text("nothing").cid(), "/cairn/x"))
        .isInstanceOf(MissingBlockException.class);
    files.makeFolders("/cairn/refs/caselaw");
    files.makeFolders("/cairn/empty");
    assertThat(files.list("/cairn/empty")).isEmpty();
    files.remove("/cairn/refs");
    files.remove("/cairn/refs");
    assertThat(files.stat("/cairn/refs")).isEmpty();
    assertThat(files.stat("/")).get().extracting(MfsEntry::folder).isEqualTo(true);
  }

  @Test
  void ofThoseThatRaceForANameOneWins() throws Exception {
    List<Cid> roots = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Block block = text("racer " + i);
      client.blockPut(block);
      roots.add(block.cid());
    }
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 5; round++) {
        String path = "/race/" + round;
        List<Future<Boolean>> racers =
            roots.stream()
                .map(
                    root ->
                        pool.submit(
                            () -> {
                              try {
                                client.files().copy(root, path);
                                return true;
                              } catch (FileAlreadyExistsException e) {
                                return false;
                              }
                            }))
                .toList();
        int winners = 0;
        for (Future<Boolean> racer : racers) {
          winners += racer.get() ? 1 : 0;
        }
        assertThat(winners).isOne();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void namesArePublishedAndResolved() throws IOException {
    Cid cid = text("published").cid();
    String name = client.names().publish(cid, "self", Duration.ofHours(24));
    assertThat(client.names().resolve(name, Duration.ZERO)).isEqualTo("/ipfs/" + cid);
    assertThat(client.names().resolve(name, Duration.ofSeconds(5))).isEqualTo("/ipfs/" + cid);
    assertThatThrownBy(
            () ->
                client
                    .names()
                    .resolve(
                        "k51qzi5uqu5dgutdk6i1ynyzgkqngpha5xpgia3a5qqp4jsh0u4csozksxel2r",
                        Duration.ZERO))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("could not resolve name");
    assertThatThrownBy(() -> client.names().publish(cid, "no-such-key", Duration.ofHours(1)))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void aNodeThatIsDownIsUnavailableUntilItIsBack() throws IOException {
    Endpoint api = KUBO.api();
    try (KuboClient impatient = KuboClient.builder(api).retries(Retries.none()).build()) {
      assertThat(impatient.version()).isNotEmpty();
      KUBO.kill();
      assertThatThrownBy(impatient::version).isInstanceOf(UnavailableException.class);
      KUBO.restart();
      assertThat(KUBO.api()).isEqualTo(api);
      assertThat(impatient.version()).isNotEmpty();
    }
  }

  @Test
  void theNodeChecksCredentials() throws IOException {
    KUBO.kill();
    KUBO.ipfs(
        "config",
        "--json",
        "API.Authorizations",
        "{\"cairn\":{\"AuthSecret\":\"bearer:t0ken\",\"AllowedPaths\":[\"/api/v0\"]}}");
    KUBO.restart();
    try (KuboClient named =
        KuboClient.builder(KUBO.api()).credentials(Credentials.parse("bearer:t0ken")).build()) {
      assertThat(named.version()).isNotEmpty();
      assertThatThrownBy(client::version)
          .isInstanceOf(CredentialsException.class)
          .hasMessageContaining("HTTP 403");
    } finally {
      KUBO.kill();
      KUBO.ipfs("config", "--json", "API", "{}");
      KUBO.restart();
    }
  }
}
