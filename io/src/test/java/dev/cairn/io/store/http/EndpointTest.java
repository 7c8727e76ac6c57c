package dev.cairn.io.store.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:5001,            http://127.0.0.1:5001",
    "http://127.0.0.1:5001/,           http://127.0.0.1:5001",
    "https://node.example,             https://node.example:443",
    "HTTP://Node.Example:80,           http://node.example:80",
    "http://[::1]:5001,                http://[::1]:5001",
    "/ip4/127.0.0.1/tcp/5001,          http://127.0.0.1:5001",
    "/ip4/127.0.0.1/tcp/5001/http,     http://127.0.0.1:5001",
    "/ip6/::1/tcp/5001/http,           http://[::1]:5001",
    "/dns4/host/tcp/443/https,         https://host:443",
    "/dns6/host/tcp/443/tls/http,      https://host:443",
    "/dns/host/tcp/80,                 http://host:80"
  })
  void urlsAndMultiaddrsAreRead(String text, String url) {
    assertThat(Endpoint.parse(text)).hasToString(url).isEqualTo(Endpoint.parse(url));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "127.0.0.1:5001",
        "ftp://host:21",
        "http://",
        "http://host:99999",
        "http://host/api/v0",
        "http://host/?a=b",
        "http://host/#a",
        "/ip4/127.0.0.1",
        "/ip4/127.0.0.1/udp/5001",
        "/ip4/127.0.0.1/tcp/5001/ws",
        "/ip4/127.0.0.1/tcp/x",
        "/unix/socket/tcp/1",
        "/"
      })
  void othersAreRefused(String text) {
    assertThatThrownBy(() -> Endpoint.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot use endpoint: "
                + text
                + " (http(s)://host:port or /ip4/ADDRESS/tcp/PORT, without a path or credentials)");
  }

  @Test
  void credentialsAreRefusedAndNotRepeated() {
    assertThatThrownBy(() -> Endpoint.parse("http://user:secret@host:5001"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("host:5001")
        .hasMessageNotContainingAny("user", "secret");
  }
}
