package dev.cairn.io.store.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EgressTest {
  private static Egress of(String endpoint, String... addresses) {
    return Egress.of(
        Endpoint.parse(endpoint),
        name -> {
          List<InetAddress> found = new ArrayList<>();
          for (String address : addresses) {
            found.add(InetAddress.getByName(address));
          }
          return found;
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.1.1.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:0:10.0.0.1",
        "64:ff9b::127.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::8.8.8.8",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "2002:a00:1::1",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd12::1",
        "fe80::1",
        "fec0::1",
        "ff02::1"
      })
  void whatIsNotGlobalIsNotPublic(String address) throws UnknownHostException {
    assertThat(Egress.isPublic(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "8.8.8.8",
        "100.63.255.255",
        "100.128.0.0",
        "128.0.0.1",
        "169.253.0.1",
        "172.15.0.1",
        "172.32.0.1",
        "192.167.0.1",
        "198.17.0.1",
        "198.20.0.1",
        "223.255.255.255",
        "2606:4700::1111",
        "2001:4860:4860::8888",
        "2a00::1",
        "64:ff9b::8.8.8.8",
        "2002:808:808::1",
        "::ffff:8.8.8.8"
      })
  void whatIsGlobalIsPublic(String address) throws UnknownHostException {
    assertThat(Egress.isPublic(InetAddress.getByName(address))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:8080, http://127.0.0.1:8080/ipfs/x",
    "http://10.1.2.3:8080, http://10.1.2.3:8080/ipfs/x",
    "http://[::1]:8080, http://[::1]:8080/ipfs/x",
    "http://localhost:8080, http://localhost:8080/ipfs/x",
    "http://localhost:8080, http://bafkqaaa.ipfs.localhost:8080/",
    "https://gateway.example, https://gateway.example/ipfs/x",
    "https://gateway.example, https://other.example/ipfs/x",
    "https://gateway.example, https://8.8.8.8/ipfs/x",
    "http://127.0.0.1:8080, https://[2606:4700::1111]/ipfs/x"
  })
  void whatWasNamedAndWhatIsPublicMayBeConnectedTo(String endpoint, String url) {
    assertThatCode(() -> of(endpoint).check(HttpUrl.get(url))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:8080, http://127.0.0.1:5001/api",
    "http://127.0.0.1:8080, http://127.0.0.2:8080/",
    "http://127.0.0.1:8080, http://10.0.0.1:8080/",
    "http://10.0.0.1:8080, http://10.0.0.2:8080/",
    "http://localhost:8080, http://localhost:5001/",
    "http://localhost:8080, http://x.localhost:5001/",
    "http://localhost:8080, http://127.0.0.1:8080/",
    "https://gateway.example, http://169.254.169.254/",
    "https://gateway.example, http://10.0.0.1/",
    "https://gateway.example, http://[::1]/",
    "https://gateway.example, http://[::ffff:127.0.0.1]/",
    "https://gateway.example, http://[::ffff:a00:1]/",
    "https://gateway.example, http://[64:ff9b::7f00:1]/",
    "https://gateway.example, http://2130706433/",
    "https://gateway.example, http://134744072/",
    "https://gateway.example, http://127.1/",
    "https://gateway.example, http://0177.0.0.1/",
    "https://gateway.example, http://08.8.8.8/",
    "https://gateway.example, http://256.1.1.1/",
    "https://gateway.example, http://127.0.0.1./"
  })
  void otherAddressesMayNot(String endpoint, String url) {
    assertThatThrownBy(() -> of(endpoint).check(HttpUrl.get(url)))
        .isInstanceOf(Egress.ForbiddenException.class)
        .hasMessageContaining(HttpUrl.get(url).host());
  }

  @Test
  void namesAreJudgedByEachOfTheirAddresses() throws UnknownHostException {
    String gateway = "https://gateway.example";
    assertThat(of(gateway, "8.8.8.8", "1.1.1.1").dns().lookup("gateway.example")).hasSize(2);
    for (String address : List.of("127.0.0.1", "10.0.0.1", "::1", "fe80::1")) {
      Egress egress = of(gateway, "8.8.8.8", address);
      for (String name : List.of("gateway.example", "other.example", "localhost", "0x7f.1")) {
        assertThatThrownBy(() -> egress.dns().lookup(name))
            .isInstanceOf(Egress.ForbiddenException.class)
            .hasMessageContainingAll(name, InetAddress.getByName(address).getHostAddress());
      }
    }
  }

  @Test
  void localhostIsThisMachineOnlyWhereItWasNamed() throws UnknownHostException {
    Egress local = of("http://localhost:8080", "127.0.0.1");
    assertThat(local.dns().lookup("localhost")).hasSize(1);
    assertThat(local.dns().lookup("bafkqaaa.ipfs.localhost")).hasSize(1);
    assertThatThrownBy(() -> local.dns().lookup("localhost.example"))
        .isInstanceOf(Egress.ForbiddenException.class);
    assertThatThrownBy(() -> of("http://127.0.0.1:8080", "127.0.0.1").dns().lookup("localhost"))
        .isInstanceOf(Egress.ForbiddenException.class);
  }
}
