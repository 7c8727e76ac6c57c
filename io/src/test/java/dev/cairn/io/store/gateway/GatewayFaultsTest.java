package dev.cairn.io.store.gateway;

import static dev.cairn.io.store.http.ScriptedServer.answer;
import static dev.cairn.io.store.http.ScriptedServer.chunk;
import static dev.cairn.io.store.http.ScriptedServer.chunkedHead;
import static dev.cairn.io.store.http.ScriptedServer.hangUp;
import static dev.cairn.io.store.http.ScriptedServer.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.CorruptBlockException;
import dev.cairn.io.block.MissingBlockException;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.http.BadAnswerException;
import dev.cairn.io.store.http.CredentialsException;
import dev.cairn.io.store.http.Egress;
import dev.cairn.io.store.http.Endpoint;
import dev.cairn.io.store.http.RefusedException;
import dev.cairn.io.store.http.Retries;
import dev.cairn.io.store.http.ScriptedServer;
import dev.cairn.io.store.http.ScriptedServer.Script;
import dev.cairn.io.store.http.Timeouts;
import dev.cairn.io.store.http.UnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a good gateway never does. Each ends in a typed error; none hangs. */
@Timeout(60)
class GatewayFaultsTest {
  private static final String RAW = "application/vnd.ipld.raw";
  private static final Block BLOCK = Block.raw("hello".getBytes(StandardCharsets.UTF_8));
  private static final Cid CID = BLOCK.cid();

  private ScriptedServer server;
  private GatewayStore gateway;

  @BeforeEach
  void open() throws IOException {
    server = new ScriptedServer();
    gateway = gateway(Duration.ofSeconds(30));
  }

  private GatewayStore gateway(Duration idle) {
    return builder(server.endpoint(), idle).build();
  }

  private static GatewayStore.Builder builder(Endpoint endpoint, Duration idle) {
    return GatewayStore.builder(endpoint)
        .timeouts(new Timeouts(Duration.ofSeconds(5), idle, idle, idle))
        .retries(new Retries(3, Duration.ofSeconds(20), Duration.ofMillis(10)));
  }

  @AfterEach
  void close() throws IOException {
    gateway.close();
    server.close();
  }

  private static Script raw(String bytes) {
    return answer(head(200, RAW, bytes.length()) + bytes);
  }

  private static Script redirect(int status, String location) {
    return answer(
        "HTTP/1.1 "
            + status
            + " S\r\nConnection: close\r\nContent-Length: 0\r\nLocation: "
            + location
            + "\r\n\r\n");
  }

  private String where() {
    return "gateway " + server.endpoint();
  }

  @Test
  void theRequestIsATrustlessOne() throws IOException {
    server.play(raw("hello"));
    assertThat(gateway.get(CID).bytes()).asString().isEqualTo("hello");
    assertThat(server.heads().get(0))
        .startsWith("GET /ipfs/" + CID + "?format=raw HTTP/1.1\r\n")
        .contains("Accept: " + RAW + "\r\n")
        .doesNotContain("Authorization");
  }

  @Test
  void wrongBytesAreCorruptAndAskedForOnce() {
    server.play(raw("hellp"), raw("hello"));
    assertThatThrownBy(() -> gateway.get(CID))
        .isInstanceOf(CorruptBlockException.class)
        .hasMessageContainingAll(CID.toString(), where(), "SHA2_256:");
    assertThat(server.heads()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/html",
        "",
        "application/octet-stream",
        "application/vnd.ipld.car",
        "application/vnd.ipld.rawer"
      })
  void anAnswerOfAnotherTypeIsRefusedEvenIfItsBytesAreRight(String type) {
    server.play(answer(head(200, type, 5) + "hello"));
    assertThatThrownBy(() -> gateway.get(CID))
        .isInstanceOf(BadAnswerException.class)
        .hasMessageContainingAll(server.endpoint() + ": ipfs/" + CID, RAW + " is due");
    assertThatThrownBy(() -> gateway.has(CID)).isInstanceOf(BadAnswerException.class);
    assertThatThrownBy(() -> gateway.probe()).isInstanceOf(BadAnswerException.class);
  }

  @Test
  void aTypeMayHaveParametersAndAnyCase() throws IOException {
    server.play(answer(head(200, "Application/VND.ipld.raw; charset=x", 5) + "hello"));
    assertThat(gateway.get(CID).bytes()).asString().isEqualTo("hello");
  }

  @Test
  void aCutBlockIsGotAgain() throws IOException {
    server.play(answer(head(200, RAW, 5) + "hel"), raw("hello"));
    assertThat(gateway.get(CID).bytes()).asString().isEqualTo("hello");
    server.play(answer(head(200, RAW, 5) + "hel"));
    assertThatThrownBy(() -> gateway.get(CID)).isInstanceOf(UnavailableException.class);
  }

  @Test
  void aShortBlockThatEndsCleanlyIsCorrupt() {
    server.play(answer(chunkedHead(RAW) + chunk("hel") + "0\r\n\r\n"));
    assertThatThrownBy(() -> gateway.get(CID)).isInstanceOf(CorruptBlockException.class);
  }

  @Test
  void aBlockWhoseTrailerTellsOfAnErrorIsUnavailable() {
    server.play(answer(chunkedHead(RAW) + chunk("hel") + "0\r\nX-Stream-Error: broke off\r\n\r\n"));
    assertThatThrownBy(() -> gateway.get(CID))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("broke off");
  }

  @Test
  void anEndlessBlockIsCorruptAndNotTakenIn() {
    server.play(
        with -> {
          with.readRequest();
          with.write(chunkedHead(RAW));
          while (true) {
            with.write(chunk("e".repeat(100_000)));
          }
        });
    assertThatThrownBy(() -> gateway.get(CID))
        .isInstanceOf(CorruptBlockException.class)
        .hasMessageContainingAll(where(), "more than 4194304 bytes");
  }

  @Test
  void endlessHeadersAreNotTakenIn() {
    server.play(
        with -> {
          with.readRequest();
          with.write("HTTP/1.1 200 OK\r\n");
          while (true) {
            with.write("X-Filler: " + "h".repeat(10_000) + "\r\n");
          }
        });
    assertThatThrownBy(() -> gateway.get(CID)).isInstanceOf(UnavailableException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 410, 451})
  void whatAGatewayDoesNotHaveOrGiveIsMissing(int status) throws IOException {
    server.play(answer(head(status, "text/plain", 9) + "not found"), answer(head(status, "x", 0)));
    assertThatThrownBy(() -> gateway.get(CID))
        .isInstanceOf(MissingBlockException.class)
        .hasMessageContainingAll(CID.toString(), where());
    assertThat(gateway.has(CID)).isFalse();
    assertThat(server.heads()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "500, failed to resolve: ipld: could not find bafy",
    "500, block was not found locally (offline)",
    "502, retrieval: no providers found for the CID",
    "504, context deadline exceeded: no providers found for the CID"
  })
  void wordsOfAnErrorMaySayThatABlockIsMissing(int status, String words) {
    server.play(answer(head(status, "text/plain", words.length()) + words));
    assertThatThrownBy(() -> gateway.get(CID)).isInstanceOf(MissingBlockException.class);
    assertThat(server.heads()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void aGatewayThatCannotNowIsAskedAgainAndThenUnavailable(int status) throws IOException {
    server.play(answer(head(status, "text/plain", 4) + "oops"), raw("hello"));
    assertThat(gateway.get(CID).bytes()).asString().isEqualTo("hello");
    server.play(answer(head(status, "text/plain", 4) + "oops"));
    assertThatThrownBy(() -> gateway.get(CID))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("HTTP " + status + ": oops");
    assertThatThrownBy(() -> gateway.has(CID)).isInstanceOf(UnavailableException.class);
  }

  @Test
  void aGatewayIsLeftAloneForAsLongAsItAsks() throws IOException {
    String soon = "HTTP/1.1 429 S\r\nConnection: close\r\nContent-Length: 0\r\nRetry-After: ";
    server.play(answer(soon + "0\r\n\r\n"), raw("hello"));
    assertThat(gateway.get(CID).bytes()).asString().isEqualTo("hello");
    server.play(answer(soon + "3600\r\n\r\n"), raw("hello"));
    assertThatThrownBy(() -> gateway.get(CID)).isInstanceOf(UnavailableException.class);
    assertThat(server.heads()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 405, 406, 412})
  void aGatewayThatDoesNotDoThisIsARefusal(int status) {
    server.play(answer(head(status, "text/plain", 4) + "oops"), raw("hello"));
    assertThatThrownBy(() -> gateway.get(CID)).isExactlyInstanceOf(RefusedException.class);
    assertThat(server.heads()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void aGatewayForOthersIsARefusal(int status) {
    server.play(answer(head(status, "text/plain", 0)));
    assertThatThrownBy(() -> gateway.get(CID)).isInstanceOf(CredentialsException.class);
  }

  @Test
  void aStallEndsAtItsTimeout() throws IOException {
    server.play(
        with -> {
          with.readRequest();
          with.write(head(200, RAW, 5) + "he");
          with.stall();
        });
    try (GatewayStore hasty = gateway(Duration.ofMillis(300))) {
      assertThatThrownBy(() -> hasty.get(CID)).isInstanceOf(UnavailableException.class);
    }
  }

  @Test
  void aHangUpIsUnavailability() {
    server.play(hangUp());
    assertThatThrownBy(() -> gateway.get(CID)).isInstanceOf(UnavailableException.class);
  }

  @Test
  void whatIsNoGatewayFailsTheProbe() throws IOException {
    server.play(raw(""));
    gateway.probe();
    assertThat(server.heads().get(0)).startsWith("GET /ipfs/bafkqaaa?format=raw HTTP/1.1\r\n");
    server.play(raw("x"));
    assertThatThrownBy(() -> gateway.probe()).isInstanceOf(BadAnswerException.class);
    server.play(answer(head(404, "text/plain", 0)));
    assertThatThrownBy(() -> gateway.probe()).isInstanceOf(BadAnswerException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void aRedirectToTheNamedHostIsFollowed(int status) throws IOException {
    server.play(redirect(status, "/elsewhere"), raw("hello"));
    assertThat(gateway.get(CID).bytes()).asString().isEqualTo("hello");
    assertThat(server.heads().get(1)).startsWith("GET /elsewhere HTTP/1.1\r\n");
    server.play(redirect(status, "/elsewhere"), answer(head(200, RAW, 5)));
    assertThat(gateway.has(CID)).isTrue();
    assertThat(server.heads().get(3)).startsWith("HEAD /elsewhere HTTP/1.1\r\n");
  }

  @Test
  void aRedirectDoesNotMakeBytesRight() {
    server.play(redirect(302, "/elsewhere"), raw("hellp"));
    assertThatThrownBy(() -> gateway.get(CID)).isInstanceOf(CorruptBlockException.class);
  }

  @Test
  void redirectsInACircleEnd() {
    server.play(redirect(302, "/again"));
    assertThatThrownBy(() -> gateway.get(CID))
        .isInstanceOf(BadAnswerException.class)
        .hasMessageContaining("HTTP 302: redirects at most 5");
    assertThat(server.heads()).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/passwd", "ftp://gateway.example/", "http://[::1"})
  void aRedirectToNoWebServerIsNotFollowed(String location) {
    server.play(redirect(302, location));
    assertThatThrownBy(() -> gateway.get(CID)).isInstanceOf(BadAnswerException.class);
    assertThat(server.heads()).hasSize(1);
  }

  @Test
  void aRedirectToNowhereIsNotFollowed() {
    server.play(answer("HTTP/1.1 302 S\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"));
    assertThatThrownBy(() -> gateway.get(CID)).isInstanceOf(BadAnswerException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest/meta-data",
        "http://10.0.0.1/",
        "http://192.168.0.1:8080/",
        "http://[::1]/",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::a00:1]/",
        "http://2130706433/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://0/",
        "http://localhost/"
      })
  void aRedirectIntoThisMachineOrItsNetworkIsNotFollowed(String location) {
    server.play(redirect(302, location), raw("hello"));
    assertThatThrownBy(() -> gateway.get(CID))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("Cannot ask " + server.endpoint() + ": ipfs/" + CID);
    assertThat(server.heads()).hasSize(1);
  }

  @Test
  void aRedirectToAnotherPortOfTheNamedAddressIsNotFollowed() throws IOException {
    try (ScriptedServer other = new ScriptedServer()) {
      other.play(raw("hello"));
      server.play(redirect(302, other.endpoint() + "/"));
      assertThatThrownBy(() -> gateway.get(CID)).isExactlyInstanceOf(RefusedException.class);
      assertThat(other.heads()).isEmpty();
    }
  }

  @Test
  void aNameThatLeadsIntoThisMachineIsNotConnectedTo() throws IOException {
    int port = server.endpoint().port();
    InetAddress here = InetAddress.getLoopbackAddress();
    InetAddress there = InetAddress.getByName("8.8.8.8");
    server.play(redirect(302, "http://gateway.example:" + port + "/"), raw("hello"));
    for (List<InetAddress> addresses : List.of(List.of(here), List.of(there, here))) {
      Egress egress = Egress.of(server.endpoint(), name -> addresses);
      try (GatewayStore led =
          builder(server.endpoint(), Duration.ofSeconds(30)).egress(egress).build()) {
        server.play(redirect(302, "http://gateway.example:" + port + "/"), raw("hello"));
        assertThatThrownBy(() -> led.get(CID))
            .isExactlyInstanceOf(RefusedException.class)
            .hasMessageContaining("gateway.example is at 127.0.0.1");
      }
      Endpoint name = Endpoint.parse("http://gateway.example:" + port);
      try (GatewayStore named =
          builder(name, Duration.ofSeconds(30)).egress(Egress.of(name, any -> addresses)).build()) {
        assertThatThrownBy(() -> named.get(CID)).isExactlyInstanceOf(RefusedException.class);
      }
    }
    assertThat(server.heads()).hasSize(2);
  }

  @Test
  void aSubdomainOfLocalhostIsThisMachineIfThatWasNamed() throws IOException {
    int port = server.endpoint().port();
    Endpoint localhost = Endpoint.parse("http://localhost:" + port);
    server.play(redirect(301, "http://" + CID + ".ipfs.localhost:" + port + "/"), raw("hello"));
    Egress egress = Egress.of(localhost, name -> List.of(InetAddress.getLoopbackAddress()));
    try (GatewayStore named = builder(localhost, Duration.ofSeconds(30)).egress(egress).build()) {
      assertThat(named.get(CID).bytes()).asString().isEqualTo("hello");
    }
    assertThat(server.heads().get(1)).contains("Host: " + CID + ".ipfs.localhost:" + port);
  }
}
