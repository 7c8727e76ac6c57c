package dev.cairn.io.store.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.MissingBlockException;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.http.RefusedException;
import dev.cairn.io.store.http.ScriptedServer;
import dev.cairn.io.store.http.UnavailableException;
import dev.cairn.io.store.kubo.RealKubo;
import dev.cairn.io.store.tier.StorePolicy.Mode;
import dev.cairn.io.unixfs.FolderGet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Reading through gateways where there is no node, or the node is down. */
class GatewayTiersIT {
  @RegisterExtension static final RealKubo KUBO = new RealKubo();

  @TempDir Path temp;

  private Path tree() throws IOException {
    Random random = new Random(5);
    Path folder = Files.createDirectory(temp.resolve("tree"));
    for (int size : new int[] {0, 1, 1000, 300_000, 3_000_000}) {
      byte[] bytes = new byte[size];
      random.nextBytes(bytes);
      Files.write(folder.resolve("f" + size), bytes);
    }
    return folder;
  }

  private TieredStore local(String... gateways) throws IOException {
    return StorePolicy.local(temp.resolve("home"), "test", List.of(gateways)).open();
  }

  private static String gateway() throws IOException {
    return KUBO.gateway().toString();
  }

  private static String nobody() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "http://127.0.0.1:" + socket.getLocalPort();
    }
  }

  @Test
  void withoutANodeGatewaysAreReadInOrderAndTheirBlocksKeptInTheCache() throws IOException {
    Path folder = tree();
    Cid root = KUBO.add(folder);
    try (TieredStore tiers = local(nobody(), gateway())) {
      assertThat(tiers.has(root)).isTrue();
      new FolderGet(tiers).get(root, temp.resolve("got"));
      assertThat(temp.resolve("got/f3000000")).hasSameBinaryContentAs(folder.resolve("f3000000"));
      assertThat(tiers.local().has(root)).isFalse();
    }
    try (TieredStore tiers = local(nobody())) {
      new FolderGet(tiers).get(root, temp.resolve("again"));
      assertThat(temp.resolve("again/f300000")).hasSameBinaryContentAs(folder.resolve("f300000"));
    }
  }

  @Test
  void aBlockIsMissingOnlyIfEveryTierWasAsked() throws IOException {
    Cid absent = Block.raw("absent".getBytes(StandardCharsets.UTF_8)).cid();
    try (TieredStore tiers = local(gateway())) {
      assertThat(tiers.has(absent)).isFalse();
      assertThatThrownBy(() -> tiers.get(absent))
          .isInstanceOf(MissingBlockException.class)
          .hasMessageContaining("gateway " + gateway());
    }
    try (TieredStore tiers = local(nobody(), gateway())) {
      assertThatThrownBy(() -> tiers.has(absent)).isInstanceOf(UnavailableException.class);
      assertThatThrownBy(() -> tiers.get(absent)).isInstanceOf(UnavailableException.class);
    }
  }

  @Test
  void aGatewayIsAskedAfterTheNode() throws IOException {
    Cid root = KUBO.add(tree());
    KuboNode down = new KuboNode(nobody(), null);
    String home = temp.resolve("home").toString();
    try (TieredStore tiers =
            new StorePolicy(home, Mode.TIERED, "test", down, List.of(gateway())).open();
        ScriptedServer server = new ScriptedServer()) {
      assertThat(tiers.get(root).cid()).isEqualTo(root);
      KuboNode up = new KuboNode(KUBO.api().toString(), null);
      String page = server.endpoint().toString();
      String other = temp.resolve("other").toString();
      try (TieredStore first =
          new StorePolicy(other, Mode.TIERED, "test", up, List.of(page)).open()) {
        assertThat(first.get(root).cid()).isEqualTo(root);
        assertThat(server.heads()).isEmpty();
      }
    }
  }

  @Test
  void healthTellsWhichGatewayCanBeUsed() throws IOException {
    try (ScriptedServer server = new ScriptedServer()) {
      server.play(ScriptedServer.answer(ScriptedServer.head(200, "text/html", 6) + "<html>"));
      String page = server.endpoint().toString();
      try (TieredStore tiers = local(gateway(), page)) {
        List<TierHealth> health = tiers.health();
        assertThat(health)
            .containsExactly(
                new TierHealth("gateway", true, gateway() + ": trustless, read only"),
                new TierHealth(
                    "gateway",
                    false,
                    "Cannot read answer: "
                        + page
                        + ": ipfs/bafkqaaa (text/html where application/vnd.ipld.raw is due)"));
        Cid absent = Block.raw("absent too".getBytes(StandardCharsets.UTF_8)).cid();
        assertThatThrownBy(() -> tiers.get(absent)).isInstanceOf(RefusedException.class);
      }
    }
  }
}
