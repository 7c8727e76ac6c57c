package dev.cairn.io.store.http;

import static dev.cairn.io.store.http.ScriptedServer.answer;
import static dev.cairn.io.store.http.ScriptedServer.chunk;
import static dev.cairn.io.store.http.ScriptedServer.chunkedHead;
import static dev.cairn.io.store.http.ScriptedServer.hangUp;
import static dev.cairn.io.store.http.ScriptedServer.head;
import static dev.cairn.io.store.http.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.io.store.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every fault ends in a typed error or a recovered answer; none hangs. */
@Timeout(60)
class HttpTierTest {
  private static final Timeouts SHORT =
      new Timeouts(
          Duration.ofSeconds(5),
          Duration.ofMillis(500),
          Duration.ofSeconds(4),
          Duration.ofSeconds(4));

  /** For tests that wait for no timeout, on a machine that is busy. */
  private static final Timeouts PATIENT =
      new Timeouts(
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofSeconds(40),
          Duration.ofSeconds(40));

  private static final Retries QUICK =
      new Retries(3, Duration.ofSeconds(30), Duration.ofMillis(10));
  private static final HttpCall ASKED = HttpCall.get("a/b", "a/b");
  private static final String EMPTY = "Connection: close\r\nContent-Length: 0\r\n\r\n";
  private static final String OK = head(200, "text/plain", 5) + "hello";

  private ScriptedServer server;
  private HttpTier tier;

  @BeforeEach
  void open() throws IOException {
    server = new ScriptedServer();
    tier = tier(PATIENT);
  }

  private HttpTier tier(Timeouts timeouts) {
    return HttpTier.builder(server.endpoint())
        .timeouts(timeouts)
        .retries(QUICK)
        .credentials(Credentials.parse("bearer:s3cret-token"))
        .build();
  }

  private void serve(ScriptedServer.Script... scripts) {
    server.play(scripts);
  }

  private void serve(Timeouts timeouts, ScriptedServer.Script... scripts) {
    server.play(scripts);
    tier.close();
    tier = tier(timeouts);
  }

  @AfterEach
  void close() throws IOException {
    tier.close();
    server.close();
  }

  private String ask() throws IOException {
    return ask(ASKED);
  }

  private String ask(HttpCall call) throws IOException {
    return tier.ask(call, reply -> new String(reply.bytes(100), StandardCharsets.UTF_8));
  }

  @Test
  void aCallHasItsPathQueryHeadersAndCredentials() throws IOException {
    serve(answer(OK));
    HttpCall call = HttpCall.post("api/v0/x", "x").with("arg", "a b&/ü").header("Accept", "y");
    assertThat(ask(call)).isEqualTo("hello");
    assertThat(server.heads().get(0))
        .startsWith("POST /api/v0/x?arg=a%20b%26%2F%C3%BC HTTP/1.1\r\n")
        .contains("Authorization: Bearer s3cret-token\r\n")
        .contains("Accept-Encoding: identity\r\n")
        .contains("Accept: y\r\n");
  }

  @Test
  void aCutAnswerIsReadAgainFromItsBeginning() throws IOException {
    serve(
        answer(head(200, "text/plain", 5) + "hel"),
        answer(chunkedHead("text/plain") + chunk("hel")),
        answer(OK));
    assertThat(ask()).isEqualTo("hello");
    assertThat(server.heads()).hasSize(3);
  }

  @Test
  void anAnswerThatIsAlwaysCutIsUnavailable() throws IOException {
    serve(answer(head(200, "text/plain", 5) + "hel"));
    assertThatThrownBy(this::ask)
        .isInstanceOf(UnavailableException.class)
        .hasMessageStartingWith("Cannot ask " + server.endpoint() + ": a/b (")
        .hasMessageContaining("within the answer");
    assertThat(server.heads()).hasSize(3);
  }

  @Test
  void aStreamIsNotBegunAgain() throws IOException {
    serve(answer(head(200, "text/plain", 5) + "hel"), answer(OK));
    try (InputStream in = tier.open(ASKED.stream()).body()) {
      assertThat(in.readNBytes(3)).asString().isEqualTo("hel");
      assertThatThrownBy(in::read).isInstanceOf(UnavailableException.class);
    }
    assertThat(server.heads()).hasSize(1);
  }

  @Test
  void anErrorInTheTrailerEndsAStream() throws IOException {
    serve(answer(chunkedHead("text/plain") + chunk("hel") + "0\r\nX-Stream-Error: a leaf\r\n\r\n"));
    try (InputStream in = tier.open(ASKED.stream()).body()) {
      assertThat(in.readNBytes(3)).asString().isEqualTo("hel");
      assertThatThrownBy(in::read)
          .isInstanceOf(RefusedException.class)
          .hasMessage("Cannot ask " + server.endpoint() + ": a/b (a leaf)");
    }
  }

  @Test
  void aConnectionThatIsClosedOrTalksNonsenseIsTyped() throws IOException {
    serve(hangUp(), answer("\u0000\u0001\u0002 nonsense\r\n\r\n"), answer(OK));
    assertThatThrownBy(this::ask).isInstanceOf(BadAnswerException.class);
  }

  @Test
  void nobodyThereIsUnavailable() throws IOException {
    serve(answer(OK));
    server.close();
    assertThatThrownBy(this::ask)
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("Cannot ask " + server.endpoint() + ": a/b (");
  }

  @Test
  void silenceEndsWithTheIdleTimeout() throws IOException {
    serve(
        SHORT,
        with -> {
          with.readRequest();
          with.stall();
        });
    assertThatThrownBy(this::ask).isInstanceOf(UnavailableException.class);
    assertThat(server.heads()).hasSize(3);
  }

  @Test
  void silenceWithinAnAnswerEndsWithTheIdleTimeout() throws IOException {
    serve(
        SHORT,
        with -> {
          with.readRequest();
          with.write(head(200, "text/plain", 5) + "hel");
          with.stall();
        },
        answer(OK));
    assertThat(ask()).isEqualTo("hello");
  }

  @Test
  void aSlowDripEndsWithTheTotalTimeout() throws IOException {
    serve(
        SHORT,
        with -> {
          with.readRequest();
          with.write(head(200, "text/plain", 1000));
          while (true) {
            with.write("x");
            Thread.sleep(50);
          }
        });
    try (InputStream in = tier.open(ASKED.stream()).body()) {
      assertThatThrownBy(in::readAllBytes)
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("timeout");
    }
  }

  @Test
  void workMayBeSilentLongerThanIdle() throws IOException {
    serve(
        SHORT,
        with -> {
          with.readRequest();
          Thread.sleep(1000);
          with.write(OK);
        });
    assertThat(ask(ASKED.work())).isEqualTo("hello");
    assertThat(server.heads()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Retry-After: 0\r\n",
        "Retry-After: Tue, 1 Jul 2008 11:05:30 GMT\r\n",
        "Retry-After: soon\r\n",
        "Retry-After: 1\r\n"
      })
  void anOverloadedServerIsAskedAgain(String retryAfter) throws IOException {
    serve(busy(429, retryAfter), busy(503, retryAfter), answer(OK));
    assertThat(ask()).isEqualTo("hello");
  }

  @Test
  void aLongerRetryAfterThanTheBudgetIsNotWaitedFor() throws IOException {
    serve(busy(503, "Retry-After: 3600\r\n"));
    assertThatThrownBy(this::ask)
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("HTTP 503");
    assertThat(server.heads()).hasSize(1);
  }

  @Test
  void whatIsDoneOnceIsNotAskedAgainOnceItWasSent() throws IOException {
    serve(hangUp(), answer(OK));
    assertThatThrownBy(() -> ask(HttpCall.post("x", "x").once()))
        .isInstanceOf(UnavailableException.class);
    assertThat(server.heads()).hasSize(1);
  }

  @Test
  void whatIsDoneOnceIsAskedAgainIfItWasTurnedAway() throws IOException {
    serve(busy(503, "Retry-After: 0\r\n"), answer(OK));
    assertThat(ask(HttpCall.post("x", "x").once())).isEqualTo("hello");
  }

  @Test
  void hugeHeadersAreNotTakenIn() throws IOException {
    serve(
        with -> {
          with.readRequest();
          with.write("HTTP/1.1 200 OK\r\n");
          for (int i = 0; i < 20_000; i++) {
            with.write("X-" + i + ": " + "y".repeat(1000) + "\r\n");
          }
        });
    assertThatThrownBy(this::ask).isInstanceOf(StorageException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308})
  void redirectsAreNotFollowed(int status) throws IOException {
    serve(
        answer(
            "HTTP/1.1 "
                + status
                + " S\r\n"
                + "Location: http://169.254.169.254/latest\r\n"
                + "Connection: close\r\n"
                + "Content-Length: 0\r\n\r\n"));
    assertThatThrownBy(this::ask)
        .isInstanceOf(BadAnswerException.class)
        .hasMessageContaining("HTTP " + status + ": redirects are not followed");
    assertThat(server.heads()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void refusedCredentialsAreNamedButNeverTold(int status) throws IOException {
    String echo = "no: Bearer s3cret-token\u0007\r\nis wrong";
    serve(answer(head(status, "text/plain", echo.length()) + echo));
    assertThatThrownBy(this::ask)
        .isInstanceOf(CredentialsException.class)
        .hasMessage(
            "Cannot ask "
                + server.endpoint()
                + ": a/b (HTTP "
                + status
                + ": no: Bearer *** is wrong; sent with Credentials[bearer])");
    assertThat(server.heads()).hasSize(1);
    assertThat(tier.toString()).doesNotContain("s3cret");
  }

  @Test
  void otherErrorsOfTheCallerAreRefusals() throws IOException {
    serve(answer(head(400, "text/plain", 3) + "bad"));
    assertThatThrownBy(this::ask)
        .isExactlyInstanceOf(RefusedException.class)
        .hasMessageContaining("HTTP 400: bad");
    assertThat(server.heads()).hasSize(1);
  }

  @Test
  void errorsOfTheServerAreUnavailability() throws IOException {
    serve(answer(head(502, "text/html", 3) + "bad"));
    assertThatThrownBy(this::ask)
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("HTTP 502: bad");
    assertThat(server.heads()).hasSize(3);
  }

  @Test
  void anEndlessErrorIsReadToItsLimit() throws IOException {
    serve(
        with -> {
          with.readRequest();
          with.write(head(400, "text/plain", Long.MAX_VALUE));
          while (true) {
            with.write("e".repeat(10_000));
          }
        });
    assertThatThrownBy(this::ask)
        .isExactlyInstanceOf(RefusedException.class)
        .message()
        .hasSizeLessThan(HttpTier.MAX_ERROR_BYTES + 200);
  }

  @Test
  void anEndlessBodyIsReadToItsLimit() throws IOException {
    serve(
        with -> {
          with.readRequest();
          with.write(chunkedHead("text/plain"));
          while (true) {
            with.write(chunk("e".repeat(10_000)));
          }
        });
    assertThatThrownBy(this::ask).isInstanceOf(TooLongException.class);
    assertThat(server.heads()).hasSize(1);
  }

  @Test
  void linesOfJsonAreReadAcrossChunks() throws IOException {
    serve(
        answer(
            chunkedHead("application/json")
                + chunk("{\"a\":")
                + chunk("1}\n\n{\"a\"")
                + chunk(":2}")
                + "0\r\n\r\n"));
    tier.ask(
        ASKED,
        reply -> {
          JsonLines lines = JsonLines.of(reply, 2);
          assertThat(lines.next()).hasToString("{\"a\":1}");
          assertThat(lines.next()).hasToString("{\"a\":2}");
          assertThat(lines.next()).isNull();
          return true;
        });
  }

  @Test
  void endlessLinesAndOneEndlessLineAreBadAnswers() throws IOException {
    serve(
        endless("{}\n".repeat(1000)),
        endless(" ".repeat(100_000)),
        answer(head(200, "x", 3) + "{]\n"));
    for (String rule : new String[] {"at most 100 lines", "lines of at most", "lines of JSON"}) {
      assertThatThrownBy(
              () ->
                  tier.ask(
                      ASKED.stream(),
                      reply -> {
                        JsonLines lines = JsonLines.of(reply, 100);
                        while (lines.next() != null) {
                          // Reads on.
                        }
                        return true;
                      }))
          .isInstanceOf(BadAnswerException.class)
          .hasMessageContaining(rule);
    }
  }

  private static ScriptedServer.Script busy(int status, String header) {
    return answer("HTTP/1.1 " + status + " Busy\r\n" + header + EMPTY);
  }

  private static ScriptedServer.Script endless(String part) {
    return with -> {
      with.readRequest();
      with.write(chunkedHead("application/json"));
      while (true) {
        with.write(chunk(part));
      }
    };
  }

  /** Timeouts that would outlast the test. */
  private static final Timeouts LONG =
      new Timeouts(
          Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1));

  @Test
  void anInterruptEndsAWait() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    serve(
        LONG,
        with -> {
          with.readRequest();
          asked.countDown();
          with.stall();
        });
    FutureTask<String> task = new FutureTask<>(this::ask);
    Thread thread = new Thread(task);
    thread.start();
    asked.await();
    thread.interrupt();
    thread.join();
    assertThatThrownBy(task::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(InterruptedIOException.class);
  }

  @Test
  void closingAStreamFromElsewhereEndsItsRead() throws Exception {
    serve(
        LONG,
        with -> {
          with.readRequest();
          with.write(head(200, "text/plain", 5) + "h");
          with.stall();
        });
    InputStream in = tier.open(ASKED.stream()).body();
    assertThat(in.read()).isEqualTo('h');
    FutureTask<Integer> task = new FutureTask<>(in::read);
    Thread thread = new Thread(task);
    thread.start();
    in.close();
    thread.join();
    assertThatThrownBy(task::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(StorageException.class);
  }

  @Test
  void closingTheTierEndsItsCalls() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    serve(
        LONG,
        with -> {
          with.readRequest();
          asked.countDown();
          with.stall();
        });
    FutureTask<String> task = new FutureTask<>(this::ask);
    Thread thread = new Thread(task);
    thread.start();
    asked.await();
    tier.close();
    thread.join();
    assertThatThrownBy(task::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(StorageException.class)
        .hasMessageContaining("closed meanwhile");
  }

  @Test
  void aProtocolsOwnErrorsGoFirst() throws IOException {
    serve(json(500, "{\"Message\":\"mine s3cret-token\"}"));
    IOException own = new IOException("own");
    try (HttpTier named =
        HttpTier.builder(server.endpoint())
            .credentials(Credentials.parse("bearer:s3cret-token"))
            .failures(
                failure -> {
                  assertThat(failure.text()).isEqualTo("{\"Message\":\"mine ***\"}");
                  assertThat(failure.status()).isEqualTo(500);
                  assertThat(failure.contentType()).isEqualTo("application/json");
                  return own;
                })
            .build()) {
      assertThatThrownBy(() -> named.open(ASKED)).isSameAs(own);
    }
  }
}
