package dev.cairn.io.store.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.io.store.StorageException;
import dev.cairn.io.store.http.RefusedException;
import dev.cairn.io.store.tier.StorePolicy.Mode;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PolicyResolverTest {
  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.start(InetAddress.getLoopbackAddress(), 0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aFlagForTheLocalStoreWinsOverAll() throws IOException {
    StorePolicy policy = resolve(settings(StoreSettings.Choice.LOCAL, url()), Map.of());
    assertThat(policy.mode()).isEqualTo(Mode.LOCAL);
    assertThat(policy.reason()).isEqualTo("--store local");
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void aNodeThatAnswersIsUsed() throws IOException {
    answer("{\"Version\":\"0.42.0\"}");
    StorePolicy policy = resolve(Map.of("CAIRN_KUBO_API", url(), "CI", "false"));
    assertThat(policy.mode()).isEqualTo(Mode.TIERED);
    assertThat(policy.reason()).isEqualTo("Kubo 0.42.0 at " + url());
  }

  @Test
  void continuousIntegrationGatesANodeThatAVariableNames() throws IOException {
    StorePolicy policy = resolve(Map.of("CAIRN_KUBO_API", url(), "CI", "true"));
    assertThat(policy.mode()).isEqualTo(Mode.LOCAL);
    assertThat(policy.reason()).contains("CI is set");
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void aNodeThatAFlagNamesIsAskedAnyway() throws IOException {
    answer("{\"Version\":\"0.42.0\"}");
    StorePolicy policy = resolve(settings(StoreSettings.Choice.AUTO, url()), Map.of("CI", "true"));
    assertThat(policy.mode()).isEqualTo(Mode.TIERED);
  }

  @Test
  void whatIsForANamedNodeThatIsDownIsQueued() throws IOException {
    StorePolicy policy = resolve(Map.of("CAIRN_KUBO_API", closedPort()));
    assertThat(policy.mode()).isEqualTo(Mode.TIERED);
    assertThat(policy.reason()).contains("CAIRN_KUBO_API", "no node answers", "queued");
  }

  @Test
  void withoutANodeStrictModeFails() throws IOException {
    String closed = closedPort();
    assertThatThrownBy(() -> resolve(settings(StoreSettings.Choice.KUBO, closed), Map.of()))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("--store kubo")
        .hasMessageContaining(closed);
  }

  @Test
  void aNamedEndpointThatIsNoKuboIsAMistake() {
    answer("hello");
    assertThatThrownBy(() -> resolve(Map.of("CAIRN_KUBO_API", url())))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void anAddressThatIsNoneIsAMistake() {
    assertThatThrownBy(() -> resolve(Map.of("CAIRN_KUBO_API", "ftp://node")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ftp://node");
  }

  @Test
  void gatewaysAreThoseOfTheFlagElseOfTheVariable() throws IOException {
    Map<String, String> environment =
        Map.of("CAIRN_GATEWAYS", "https://a, https://b,", "CAIRN_KUBO_API", closedPort());
    assertThat(resolve(environment).gateways()).containsExactly("https://a:443", "https://b:443");
    StoreSettings settings =
        new StoreSettings(
            Path.of("home"), StoreSettings.Choice.AUTO, null, null, List.of("https://c"));
    assertThat(resolve(settings, environment).gateways()).containsExactly("https://c:443");
  }

  @Test
  void gatewaysOfAFlagAreReadEvenWhereTheNodeIsGated() throws IOException {
    Map<String, String> environment = Map.of("CI", "true", "CAIRN_GATEWAYS", "https://a");
    assertThat(resolve(environment).gateways()).isEmpty();
    StoreSettings settings =
        new StoreSettings(
            Path.of("home"), StoreSettings.Choice.AUTO, null, null, List.of("https://c"));
    StorePolicy policy = resolve(settings, environment);
    assertThat(policy.mode()).isEqualTo(Mode.LOCAL);
    assertThat(policy.gateways()).containsExactly("https://c:443");
  }

  @Test
  void aGatewayThatCannotBeReadIsAMistake() throws IOException {
    for (String url : List.of("https://a/ipfs", "a.example", "https://u:secret@a", "ftp://a")) {
      Map<String, String> environment =
          Map.of("CAIRN_GATEWAYS", url, "CAIRN_KUBO_API", closedPort());
      assertThatThrownBy(() -> resolve(environment))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("Cannot use endpoint: " + url.replace("https://u:secret@", ""));
    }
  }

  @Test
  void aPolicyTravelsWithTheJob() throws IOException {
    StorePolicy policy = resolve(Map.of("CAIRN_KUBO_API", closedPort()));
    try (ObjectOutputStream out = new ObjectOutputStream(OutputStream.nullOutputStream())) {
      out.writeObject(policy);
    }
    assertThat(policy.node()).isNotNull();
  }

  private void answer(String body) {
    server.enqueue(
        new MockResponse.Builder()
            .code(200)
            .addHeader("Content-Type", "application/json")
            .body(body)
            .build());
  }

  private static StorePolicy resolve(Map<String, String> environment) throws IOException {
    return resolve(settings(StoreSettings.Choice.AUTO, null), environment);
  }

  private static StorePolicy resolve(StoreSettings settings, Map<String, String> environment)
      throws IOException {
    return new PolicyResolver(settings, environment).resolve();
  }

  private static StoreSettings settings(StoreSettings.Choice choice, @Nullable String api) {
    return new StoreSettings(Path.of("home"), choice, api, null, List.of());
  }

  private String url() {
    return "http://127.0.0.1:" + server.getPort();
  }

  /** Where nobody listens: the port was free just now. */
  private static String closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "http://127.0.0.1:" + socket.getLocalPort();
    }
  }
}
