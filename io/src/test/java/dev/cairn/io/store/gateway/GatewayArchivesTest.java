package dev.cairn.io.store.gateway;

import static dev.cairn.io.store.http.ScriptedServer.chunk;
import static dev.cairn.io.store.http.ScriptedServer.chunkedHead;
import static dev.cairn.io.store.http.ScriptedServer.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockStore;
import dev.cairn.io.block.CorruptBlockException;
import dev.cairn.io.block.DagWalk;
import dev.cairn.io.block.MemoryStore;
import dev.cairn.io.block.MissingBlockException;
import dev.cairn.io.car.CarWriter;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.store.http.Retries;
import dev.cairn.io.store.http.ScriptedServer;
import dev.cairn.io.store.http.ScriptedServer.Conversation;
import dev.cairn.io.store.http.Timeouts;
import dev.cairn.io.unixfs.AddOptions;
import dev.cairn.io.unixfs.FolderAdd;
import dev.cairn.io.unixfs.UnixFs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a gateway sends as an archive of a span: what is read is right, or it is an error. */
@Timeout(60)
class GatewayArchivesTest {
  private static final int MIB = 1 << 20;
  private static final String CAR = "application/vnd.ipld.car; version=1; order=dfs; dups=n";

  @TempDir Path temp;

  private final MemoryStore memory = new MemoryStore();
  private final byte[] content = new byte[5 * MIB + 1];
  private final List<Block> blocks = new ArrayList<>();
  private Cid file;
  private ScriptedServer server;
  private GatewayStore gateway;
  private BlockStore stream;

  /** Answers a request for an archive. */
  private interface Archive {
    void send(Conversation to) throws IOException, InterruptedException;
  }

  @BeforeEach
  void open() throws IOException {
    new Random(1).nextBytes(content);
    Path path = Files.write(temp.resolve("file"), content);
    file = new FolderAdd(memory, temp, AddOptions.standard()).add(path).cid();
    DagWalk.reading(memory).from(file, blocks::add);
    server = new ScriptedServer();
    Duration patience = Duration.ofSeconds(30);
    gateway =
        GatewayStore.builder(server.endpoint())
            .timeouts(new Timeouts(Duration.ofSeconds(5), patience, patience, patience))
            .retries(new Retries(2, Duration.ofSeconds(20), Duration.ofMillis(10)))
            .build();
    stream = gateway.stream();
  }

  @AfterEach
  void close() throws IOException {
    stream.close();
    gateway.close();
    server.close();
  }

  private void serve(Archive archive) {
    server.play(
        with -> {
          String request = with.readHead();
          if (request.contains("format=car")) {
            archive.send(with);
          } else {
            sendBlock(with, request.substring("GET /ipfs/".length(), request.indexOf('?')));
          }
        });
  }

  private void sendBlock(Conversation to, String cid) throws IOException {
    try {
      byte[] bytes = memory.get(Cid.parse(cid)).bytes();
      to.write(head(200, "application/vnd.ipld.raw", bytes.length) + latin1(bytes));
    } catch (MissingBlockException e) {
      to.write(head(404, "text/plain", 0));
    } catch (MalformedContentException e) {
      to.write(head(400, "text/plain", 0));
    }
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private byte[] car(List<Block> of) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (CarWriter car = new CarWriter(out, List.of(file))) {
      for (Block block : of) {
        car.write(block);
      }
    }
    return out.toByteArray();
  }

  private static void send(Conversation to, byte[] car) throws IOException {
    to.write(head(200, CAR, car.length) + latin1(car));
  }

  private byte[] read() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new UnixFs(stream).copy(file, 0, Long.MAX_VALUE, out);
    return out.toByteArray();
  }

  private long singles() {
    return server.heads().stream().filter(head -> head.contains("format=raw")).count();
  }

  @Test
  void aGoodArchiveIsAllThatIsAskedFor() throws IOException {
    serve(with -> send(with, car(blocks)));
    assertThat(read()).isEqualTo(content);
    assertThat(server.heads()).hasSize(1);
    assertThat(server.heads().get(0))
        .contains("entity-bytes=0%3A*")
        .contains("Accept: application/vnd.ipld.car;version=1;order=dfs;dups=n\r\n");
  }

  @Test
  void anArchiveThatEndsCleanlyBeforeItsTimeIsFilledUpBlockByBlock() throws IOException {
    serve(with -> send(with, car(blocks.subList(0, 3))));
    assertThat(read()).isEqualTo(content);
    assertThat(singles()).isEqualTo(blocks.size() - 3);
  }

  @Test
  void aBlockThatIsInNoAnswerIsMissing() throws IOException {
    Cid absent = blocks.get(3).cid();
    memory.remove(absent);
    serve(with -> send(with, car(blocks.subList(0, 3))));
    assertThatThrownBy(this::read)
        .isInstanceOf(MissingBlockException.class)
        .hasMessageContainingAll(absent.toString(), gateway.toString());
  }

  @Test
  void anEmptyArchiveIsAskedForBlockByBlock() throws IOException {
    serve(with -> send(with, car(List.of())));
    assertThat(read()).isEqualTo(content);
    assertThat(singles()).isEqualTo(blocks.size());
  }

  @Test
  void anArchiveThatBreaksIsFilledUpBlockByBlock() throws IOException {
    byte[] car = car(blocks);
    serve(with -> with.write(head(200, CAR, car.length) + latin1(car).substring(0, 2 * MIB)));
    assertThat(read()).isEqualTo(content);
    assertThat(singles()).isPositive();
  }

  @Test
  void anArchiveCutWithinABlockThatEndsCleanlyIsFilledUpBlockByBlock() throws IOException {
    byte[] car = car(blocks);
    serve(
        with ->
            with.write(chunkedHead(CAR) + chunk(latin1(car).substring(0, 2 * MIB)) + "0\r\n\r\n"));
    assertThat(read()).isEqualTo(content);
    assertThat(singles()).isPositive();
  }

  @Test
  void aWrongBlockInAnArchiveIsCorruptAndNotGotAgain() throws IOException {
    Cid bad = blocks.get(2).cid();
    byte[] car = car(blocks);
    int at = latin1(car).indexOf(latin1(blocks.get(2).bytes()));
    car[at] ^= 1;
    serve(with -> send(with, car));
    assertThatThrownBy(this::read)
        .isInstanceOf(CorruptBlockException.class)
        .hasMessageContainingAll(bad.toString(), gateway.toString(), "SHA2_256:");
    assertThat(server.heads()).noneMatch(head -> head.contains("/" + bad + "?format=raw"));
  }

  @Test
  void whatIsNoArchiveIsNotReadAsOne() throws IOException {
    byte[] car = car(blocks);
    serve(with -> with.write(head(200, "text/html", car.length) + latin1(car)));
    assertThat(read()).isEqualTo(content);
    assertThat(singles()).isEqualTo(blocks.size());
    assertThat(read()).isEqualTo(content);
    assertThat(read()).isEqualTo(content);
    assertThat(server.heads().stream().filter(head -> head.contains("format=car"))).hasSize(2);
  }

  @Test
  void anArchiveThatRepeatsABlockForeverIsLeft() throws IOException {
    byte[] whole = car(blocks.subList(0, 2));
    byte[] once = car(blocks.subList(0, 1));
    byte[] section = Arrays.copyOfRange(whole, once.length, whole.length);
    serve(
        with -> {
          with.write(chunkedHead(CAR) + chunk(latin1(whole)));
          while (true) {
            with.write(chunk(latin1(section)));
          }
        });
    assertThat(read()).isEqualTo(content);
    assertThat(singles()).isEqualTo(blocks.size() - 2);
  }

  @Test
  void anArchiveOfEndlessOtherBlocksIsLeft() throws IOException {
    byte[] start = car(blocks.subList(0, 1));
    int header = car(List.of()).length;
    serve(
        with -> {
          with.write(chunkedHead(CAR) + chunk(latin1(start)));
          for (int i = 0; true; i++) {
            byte[] other = new byte[MIB];
            other[0] = (byte) i;
            other[1] = (byte) (i >> 8);
            with.write(chunk(latin1(car(List.of(Block.raw(other)))).substring(header)));
          }
        });
    assertThat(read()).isEqualTo(content);
    assertThat(singles()).isEqualTo(blocks.size() - 1);
  }

  @Test
  void aStalledArchiveEndsAtItsTimeout() throws IOException {
    Duration idle = Duration.ofMillis(400);
    serve(
        with -> {
          with.write(chunkedHead(CAR) + chunk(latin1(car(blocks.subList(0, 2)))));
          with.stall();
        });
    try (GatewayStore hasty =
            GatewayStore.builder(server.endpoint())
                .timeouts(Timeouts.standard().withIdle(idle))
                .build();
        BlockStore view = hasty.stream()) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      new UnixFs(view).copy(file, 0, Long.MAX_VALUE, out);
      assertThat(out.toByteArray()).isEqualTo(content);
    }
  }
}
