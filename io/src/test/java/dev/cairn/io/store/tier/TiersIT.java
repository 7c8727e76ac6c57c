package dev.cairn.io.store.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.block.CorruptBlockException;
import dev.cairn.io.block.MissingBlockException;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.Pin;
import dev.cairn.io.store.http.UnavailableException;
import dev.cairn.io.store.kubo.RealKubo;
import dev.cairn.io.store.tier.Receipt.State;
import dev.cairn.io.store.tier.StorePolicy.Mode;
import dev.cairn.io.unixfs.AddOptions;
import dev.cairn.io.unixfs.FolderAdd;
import dev.cairn.io.unixfs.FolderGet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Reading through and delivering to a real node. */
class TiersIT {
  @RegisterExtension static final RealKubo KUBO = new RealKubo();

  @TempDir Path temp;

  /** Content of its own for each test. */
  private Random random = new Random();

  @BeforeEach
  void seed() {
    random = new Random(temp.toString().hashCode());
  }

  @Test
  void aDeliveredRootIsWholeAndPinnedUnderItsName() throws IOException {
    Path folder = tree("tree", 3000);
    try (TieredStore tiers = tiers("home", Mode.TIERED)) {
      Cid root = add(tiers, folder);
      assertThat(new Delivery(tiers).deliver(root, "cases")).isEqualTo(delivered(root));
      assertThat(tiers.local().outbox().list()).isEmpty();
      assertThat(pins()).contains(root + " recursive cairn:cases");
      assertThat(KUBO.ipfs("dag", "stat", "--progress=false", root.toString())).isNotEmpty();
      assertThat(new Delivery(tiers).deliver(root, "cases")).isEqualTo(delivered(root));
    }
    Path back = temp.resolve("back");
    KUBO.ipfs("get", KUBO.add(folder).toString(), "-o", back.toString());
    assertThat(back.resolve("f0")).hasSameBinaryContentAs(folder.resolve("f0"));
  }

  @Test
  void theNextVersionIsPinnedBesideTheLast() throws IOException {
    Path folder = tree("versions", 10);
    try (TieredStore tiers = tiers("home", Mode.KUBO)) {
      Cid first = add(tiers, folder);
      new Delivery(tiers).deliver(first, "versions");
      Files.writeString(folder.resolve("new"), "new");
      Cid second = add(tiers, folder);
      assertThat(new Delivery(tiers).deliver(second, "versions")).isEqualTo(delivered(second));
      assertThat(pins())
          .contains(first + " recursive cairn:versions", second + " recursive cairn:versions");
    }
  }

  @Test
  void whatOnlySeemedToBeThereIsSentAgain() throws IOException {
    Path folder = tree("holes", 20);
    try (TieredStore tiers = tiers("home", Mode.KUBO)) {
      Cid root = add(tiers, folder);
      Block leaf = leafOf(folder.resolve("f3"));
      new Delivery(tiers).deliver(root, "holes");
      KUBO.ipfs("pin", "rm", root.toString());
      KUBO.ipfs("block", "rm", leaf.cid().toString());
      new Delivery(tiers).deliver(root, "holes");
      assertThat(KUBO.ipfs("cat", root + "/f3").getBytes(StandardCharsets.UTF_8)).isNotEmpty();
      assertThat(pins()).contains(root + " recursive cairn:holes");
    }
  }

  @Test
  void whatCannotBeDeliveredWaitsAndIsDeliveredLater() throws IOException {
    Path folder = tree("waits", 5);
    try (TieredStore tiers = tiers("home", Mode.TIERED)) {
      Cid root = add(tiers, folder);
      KUBO.kill();
      Receipt receipt = new Delivery(tiers).deliver(root, "waits");
      assertThat(receipt.node()).isEqualTo(State.QUEUED);
      assertThat(receipt.reason()).isNotEmpty();
      assertThat(tiers.local().outbox().get(root)).isNotNull();
      tiers.local().gc().run();
      assertThat(tiers.local().isWhole(root)).isTrue();
      KUBO.restart();
      assertThat(new Delivery(tiers).sync()).containsExactly(delivered(root));
      assertThat(tiers.local().outbox().list()).isEmpty();
    }
    try (TieredStore tiers = tiers("strict", Mode.KUBO)) {
      Cid root = add(tiers, tree("strict-tree", 2));
      KUBO.kill();
      assertThatThrownBy(() -> new Delivery(tiers).deliver(root, "strict"))
          .isInstanceOf(UnavailableException.class);
      KUBO.restart();
    }
  }

  @Test
  void aBlockThatIsNotHereIsReadFromTheNodeAndKeptInTheCache() throws IOException {
    Path folder = tree("remote", 12);
    Cid root = KUBO.add(folder);
    try (TieredStore tiers = tiers("home", Mode.TIERED)) {
      assertThat(tiers.has(root)).isTrue();
      new FolderGet(tiers).get(root, temp.resolve("got"));
      assertThat(temp.resolve("got/f7")).hasSameBinaryContentAs(folder.resolve("f7"));
      assertThat(tiers.local().has(root)).isFalse();
      KUBO.kill();
      new FolderGet(tiers).get(root, temp.resolve("again"));
      Cid absent = Block.raw(bytes(99)).cid();
      assertThatThrownBy(() -> tiers.get(absent)).isInstanceOf(UnavailableException.class);
      assertThatThrownBy(() -> tiers.has(absent)).isInstanceOf(UnavailableException.class);
      KUBO.restart();
    }
    try (TieredStore tiers = tiers("home2", Mode.TIERED)) {
      Cid absent = Block.raw(bytes(98)).cid();
      assertThat(tiers.has(absent)).isFalse();
      assertThatThrownBy(() -> tiers.get(absent))
          .isInstanceOf(MissingBlockException.class)
          .hasMessageContaining("kubo");
      tiers.bring(root);
      assertThat(tiers.local().isWhole(root)).isTrue();
    }
  }

  @Test
  void aBadCopyOnTheNodeIsNeverServedAndCanBeHealed() throws IOException {
    Path folder = tree("rot", 8);
    Block leaf = leafOf(folder.resolve("f2"));
    Cid root;
    try (TieredStore tiers = tiers("home", Mode.TIERED)) {
      root = add(tiers, folder);
      tiers.local().pins().add(root, Pin.Kind.PERSISTENT, "test");
      new Delivery(tiers).deliver(root, "rot");
      KUBO.flip(leaf.cid());
      try (TieredStore other = tiers("other", Mode.TIERED)) {
        assertThatThrownBy(() -> new FolderGet(other).get(root, temp.resolve("rotten")))
            .isInstanceOf(CorruptBlockException.class)
            .hasMessageContaining(leaf.cid().toString());
      }
      Delivery.Proof proof = new Delivery(tiers).verify();
      assertThat(proof.healed()).containsExactly(leaf.cid());
      assertThat(new Delivery(tiers).verify().healed()).isEmpty();
      assertThat(tiers.local().outbox().list()).isEmpty();
    }
    try (TieredStore other = tiers("other2", Mode.TIERED)) {
      new FolderGet(other).get(root, temp.resolve("healed"));
      assertThat(temp.resolve("healed/f2")).hasSameBinaryContentAs(folder.resolve("f2"));
    }
    assertThat(pins()).contains(root + " recursive cairn:rot");
  }

  @Test
  void aNameIsPublishedAndResolved() throws IOException {
    try (TieredStore tiers = tiers("home", Mode.TIERED)) {
      Cid root = add(tiers, tree("published", 3));
      String name = new Delivery(tiers).publish(root, "self");
      assertThat(tiers.resolveName(name)).isEqualTo(root);
    }
  }

  private TieredStore tiers(String home, Mode mode) throws IOException {
    KuboNode node = new KuboNode(KUBO.api().toString(), null);
    String folder = temp.resolve(home).toString();
    return new StorePolicy(folder, mode, "test", node, List.of()).open();
  }

  private static Receipt delivered(Cid root) {
    return new Receipt(root, State.DELIVERED, "");
  }

  private static List<String> pins() throws IOException {
    return KUBO.ipfs("pin", "ls", "--type=recursive", "--names").lines().toList();
  }

  private Cid add(TieredStore tiers, Path folder) throws IOException {
    LocalStore local = tiers.local();
    try (BlockWriter writer = local.newWriter()) {
      Cid root = new FolderAdd(writer, temp, AddOptions.standard()).add(folder).cid();
      writer.seal();
      return root;
    }
  }

  private static Block leafOf(Path file) throws IOException {
    return Block.raw(Files.readAllBytes(file));
  }

  /** A folder of small files with a larger one among them, and an empty folder. */
  private Path tree(String name, int files) throws IOException {
    Path folder = Files.createDirectory(temp.resolve(name));
    for (int i = 0; i < files; i++) {
      Files.write(folder.resolve("f" + i), bytes(40 + random.nextInt(200)));
    }
    Files.write(folder.resolve("large"), bytes(2_500_000));
    Files.createDirectory(folder.resolve("empty"));
    return folder;
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
