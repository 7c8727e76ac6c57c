package dev.cairn.io.store.kubo;

import static dev.cairn.io.store.http.ScriptedServer.answer;
import static dev.cairn.io.store.http.ScriptedServer.chunk;
import static dev.cairn.io.store.http.ScriptedServer.chunkedHead;
import static dev.cairn.io.store.http.ScriptedServer.hangUp;
import static dev.cairn.io.store.http.ScriptedServer.head;
import static dev.cairn.io.store.http.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.io.RecordedLog;
import dev.cairn.io.block.Block;
import dev.cairn.io.block.CorruptBlockException;
import dev.cairn.io.block.MissingBlockException;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.StorageException;
import dev.cairn.io.store.http.BadAnswerException;
import dev.cairn.io.store.http.Credentials;
import dev.cairn.io.store.http.RefusedException;
import dev.cairn.io.store.http.Retries;
import dev.cairn.io.store.http.ScriptedServer;
import dev.cairn.io.store.http.ScriptedServer.Script;
import dev.cairn.io.store.http.Timeouts;
import dev.cairn.io.store.http.UnavailableException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a healthy node never does. Each ends in a typed error; none hangs. */
@Timeout(60)
class KuboFaultsTest {
  private static final Block BLOCK = Block.raw("hello".getBytes(StandardCharsets.UTF_8));
  private static final Cid CID = BLOCK.cid();
  private static final String MISSING =
      "{\"Message\":\"block was not found locally (offline): ipld: could not find " + CID + "\"}";

  private ScriptedServer server;
  private KuboClient client;

  @BeforeEach
  void open() throws IOException {
    server = new ScriptedServer();
    client = client(Duration.ofSeconds(30), Duration.ofSeconds(40));
  }

  private KuboClient client(Duration idle, Duration stream) {
    return KuboClient.builder(server.endpoint())
        .credentials(Credentials.parse("basic:ann:s3cret-password"))
        .timeouts(new Timeouts(Duration.ofSeconds(5), idle, Duration.ofSeconds(40), stream))
        .retries(new Retries(3, Duration.ofSeconds(20), Duration.ofMillis(10)))
        .build();
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    server.close();
  }

  private static Script raw(String bytes) {
    return answer(head(200, "application/vnd.ipld.raw", bytes.length()) + bytes);
  }

  @Test
  void wrongBytesAreCorruptAndAskedForOnce() {
    server.play(raw("hellp"), raw("hello"));
    assertThatThrownBy(() -> client.blockGet(CID))
        .isInstanceOf(CorruptBlockException.class)
        .hasMessageContainingAll(CID.toString(), "kubo " + server.endpoint(), "SHA2_256:");
    assertThat(server.heads()).hasSize(1);
  }

  @Test
  void anEndlessBlockIsCorruptAndNotTakenIn() {
    server.play(
        with -> {
          with.readRequest();
          with.write(chunkedHead("application/vnd.ipld.raw"));
          while (true) {
            with.write(chunk("e".repeat(100_000)));
          }
        });
    assertThatThrownBy(() -> client.blockGet(CID))
        .isInstanceOf(CorruptBlockException.class)
        .hasMessageContaining("more than 4194304 bytes");
  }

  @Test
  void aCutBlockIsGotAgain() throws IOException {
    server.play(answer(head(200, "x", 5) + "hel"), raw("hello"));
    assertThat(client.blockGet(CID).bytes()).asString().isEqualTo("hello");
  }

  @Test
  void whatTheNodeDoesNotHaveIsMissing() throws IOException {
    server.play(json(500, MISSING));
    assertThatThrownBy(() -> client.blockGet(CID))
        .isInstanceOf(MissingBlockException.class)
        .hasMessageContainingAll(CID.toString(), "kubo " + server.endpoint());
    assertThat(client.blockStat(CID)).isEmpty();
    assertThat(server.heads()).hasSize(2);
  }

  @Test
  void otherWordsOfTheNodeAreARefusal() {
    server.play(json(500, "{\"Message\":\"invalid path\",\"Code\":0,\"Type\":\"error\"}"));
    assertThatThrownBy(() -> client.blockGet(CID))
        .isExactlyInstanceOf(RefusedException.class)
        .hasMessage("Cannot ask " + server.endpoint() + ": block/get " + CID + " (invalid path)");
    assertThat(server.heads()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"write /repo/blocks/put-1: no space left on device", "context deadline exceeded"})
  void aNodeThatCannotNowIsUnavailable(String message) {
    server.play(json(500, "{\"Message\":\"" + message + "\"}"));
    assertThatThrownBy(() -> client.blockPut(BLOCK)).isInstanceOf(UnavailableException.class);
    assertThat(server.heads()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>", "{\"other\":1}", "[]", "\"text\"", "{\"Version\":1}", ""})
  void whatIsNoKuboIsABadAnswer(String body) {
    server.play(json(200, body));
    assertThatThrownBy(() -> client.version())
        .isInstanceOf(BadAnswerException.class)
        .hasMessageStartingWith("Cannot read answer: " + server.endpoint() + ": version (");
  }

  @Test
  void aPageOfAProxyIsUnavailability() {
    server.play(answer(head(500, "text/html", 6) + "<html>"));
    assertThatThrownBy(() -> client.version()).isInstanceOf(UnavailableException.class);
  }

  @Test
  void aPinThatFailsInItsTrailerFails() {
    server.play(
        answer(
            chunkedHead("application/json")
                + chunk("{\"Progress\":1}\n")
                + "0\r\nX-Stream-Error: pin: ipld: could not find "
                + CID
                + "\r\n\r\n"));
    assertThatThrownBy(() -> client.pins().add(CID, "x"))
        .isInstanceOf(MissingBlockException.class)
        .hasMessageContaining(CID.toString());
  }

  @Test
  void aPinThatIsNotConfirmedFails() {
    server.play(json(200, "{\"Progress\":1}\n"));
    assertThatThrownBy(() -> client.pins().add(CID, "x")).isInstanceOf(BadAnswerException.class);
  }

  @Test
  void endlessProgressIsEndedByTheTimeout() {
    impatient();
    server.play(
        with -> {
          with.readRequest();
          with.write(chunkedHead("application/json"));
          while (true) {
            with.write(chunk("{\"Progress\":1}\n"));
            Thread.sleep(10);
          }
        });
    assertThatThrownBy(() -> client.pins().add(CID, "x")).isInstanceOf(UnavailableException.class);
  }

  @Test
  void aRedirectIsNotFollowed() {
    server.play(
        answer("HTTP/1.1 307 S\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n"));
    assertThatThrownBy(() -> client.version()).isInstanceOf(BadAnswerException.class);
  }

  @Test
  void aCopyWhoseAnswerIsLostIsNotRepeated() {
    server.play(hangUp());
    assertThatThrownBy(() -> client.files().copy(CID, "/cairn/refs/a/1"))
        .isInstanceOf(UnavailableException.class);
    assertThat(server.heads()).hasSize(1);
  }

  /** Now with timeouts that are waited for. */
  private void impatient() {
    client.close();
    client = client(Duration.ofSeconds(1), Duration.ofSeconds(2));
  }

  private void putAll() throws IOException {
    Random random = new Random(1);
    try (KuboWriter writer = new KuboStore(client).newWriter()) {
      for (int i = 0; i < 40; i++) {
        byte[] bytes = new byte[1 << 20];
        random.nextBytes(bytes);
        writer.put(Block.raw(bytes));
      }
      writer.seal();
    }
  }

  private void putOne() throws IOException {
    try (KuboWriter writer = new KuboStore(client).newWriter()) {
      writer.put(BLOCK);
      writer.seal();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Stats\":{\"BlockCount\":0,\"BlockBytesCount\":5}}",
        "{\"Stats\":{\"BlockCount\":1,\"BlockBytesCount\":4}}",
        "{\"Stats\":{\"BlockCount\":1}}",
        "{\"Stats\":{\"BlockCount\":-1,\"BlockBytesCount\":5}}",
        "{\"Stats\":{\"BlockCount\":1e99,\"BlockBytesCount\":5}}",
        "{}",
        ""
      })
  void aCountThatIsNotWhatWasSentFailsTheSeal(String answer) {
    server.play(json(200, answer));
    assertThatThrownBy(this::putOne).isInstanceOf(StorageException.class);
  }

  @Test
  void aRightCountSeals() throws IOException {
    server.play(json(200, "{\"Stats\":{\"BlockCount\":1,\"BlockBytesCount\":5}}"));
    putOne();
    assertThat(server.heads().get(0)).contains("pin-roots=false").contains("stats=true");
  }

  @Test
  void aPinErrorWithinSuccessFailsTheImport() {
    server.play(
        json(
            200,
            "{\"Root\":{\"Cid\":{\"/\":\"x\"},\"PinErrorMsg\":\"ipld: could not find "
                + CID
                + "\"}}\n{\"Stats\":{\"BlockCount\":1,\"BlockBytesCount\":5}}"));
    assertThatThrownBy(() -> client.dagImport(out -> out.write(1), true))
        .isInstanceOf(MissingBlockException.class);
  }

  @Test
  void anErrorBeforeAllWasSentIsTold() {
    impatient();
    server.play(
        with -> {
          with.readHead();
          with.write(head(500, "application/json", 32) + "{\"Message\":\"import failed: full\"}");
          with.stall();
        });
    assertThatThrownBy(this::putAll).isInstanceOf(StorageException.class);
  }

  @Test
  void aNodeThatDiesWhileItIsSentToIsUnavailable() {
    server.play(with -> with.readHead());
    assertThatThrownBy(this::putAll).isInstanceOf(UnavailableException.class);
    // Two archives are on their way at once, each under a boundary of its own: none goes twice.
    assertThat(server.heads()).isNotEmpty().doesNotHaveDuplicates();
  }

  @Test
  void aNodeThatStopsTakingInIsUnavailable() {
    impatient();
    server.play(
        with -> {
          with.readHead();
          with.stall();
        });
    assertThatThrownBy(this::putAll).isInstanceOf(UnavailableException.class);
  }

  @Test
  void whatTheArchiveThrowsIsThrown() {
    server.play(json(200, "{}"));
    IOException own = new IOException("own");
    assertThatThrownBy(
            () ->
                client.dagImport(
                    out -> {
                      out.write(new byte[1 << 20]);
                      throw own;
                    },
                    false))
        .isSameAs(own);
  }

  @Test
  void noTextHoldsTheSecret() throws IOException {
    String echo = "{\"Message\":\"you sent YW5uOnMzY3JldC1wYXNzd29yZA== that is s3cret-password\"}";
    Script[] scripts = {
      json(500, echo),
      json(401, echo),
      json(400, echo),
      json(503, echo),
      json(200, echo),
      answer(chunkedHead("x") + chunk("hello") + "0\r\nX-Stream-Error: " + echo + "\r\n\r\n"),
      answer("HTTP/1.1 s3cret-password\r\n\r\n"),
      hangUp()
    };
    for (Script script : scripts) {
      server.play(script);
      List<ThrowingCallable> calls =
          List.of(
              () -> client.version(),
              () -> client.blockGet(CID),
              () -> client.pins().add(CID, "x"),
              () -> client.dagExport(CID).readAllBytes(),
              this::putOne);
      for (ThrowingCallable call : calls) {
        try {
          call.call();
        } catch (Throwable e) {
          StringWriter text = new StringWriter();
          e.printStackTrace(new PrintWriter(text, true));
          assertThat(text.toString()).doesNotContain("s3cret", "YW5uOn");
        }
      }
    }
    assertThat(client.toString() + new KuboStore(client) + new KuboStore(client).stream())
        .doesNotContain("s3cret", "YW5uOn");
    assertThat(RecordedLog.lines())
        .anySatisfy(line -> assertThat(line).contains("Asks again"))
        .noneSatisfy(line -> assertThat(line).containsAnyOf("s3cret", "YW5uOn"));
  }
}
