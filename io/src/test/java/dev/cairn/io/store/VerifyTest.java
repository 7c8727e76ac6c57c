package dev.cairn.io.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.DagPb;
import dev.cairn.io.block.PbLink;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.dataset.Commit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyTest {
  @TempDir Path home;
  private final Block leaf = Homes.text("leaf of the dataset");
  private final Block other = Homes.text("other leaf");
  private final Block dataset = node(leaf.cid(), other.cid());
  private LocalStore store;

  @BeforeEach
  void open() throws IOException {
    store = LocalStore.open(home);
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  @Test
  void aWholeDagIsCountedEachBlockOnce() throws IOException {
    Block root = node(dataset.cid(), dataset.cid(), leaf.cid());
    Homes.put(store, leaf, other, dataset, root, Homes.text("not in the DAG"));
    AtomicLong told = new AtomicLong();
    VerifyReport report = store.verify().reporting(told::set).of(root.cid());
    long bytes = 0L + leaf.size() + other.size() + dataset.size() + root.size();
    assertThat(report).isEqualTo(new VerifyReport(4, bytes, List.of(), List.of()));
    assertThat(told).hasValue(bytes);
  }

  @Test
  void missingAndCorruptBlocksOfADagAreListed() throws IOException {
    Homes.put(store, leaf, dataset);
    assertThat(Homes.flipText(Homes.packs(home).get(0), "leaf of the dataset")).isTrue();
    VerifyReport report = store.verify().of(dataset.cid());
    assertThat(report.missing()).containsExactly(other.cid());
    assertThat(report.corrupt())
        .singleElement()
        .satisfies(
            damage -> {
              assertThat(damage.cid()).isEqualTo(leaf.cid());
              assertThat(damage.where()).startsWith("packs/").contains(" at byte ");
              assertThat(damage.computed()).startsWith("SHA2_256:");
            });
    assertThat(store.verify().of(Homes.text("nowhere").cid()).missing()).hasSize(1);
  }

  @Test
  void damageOfLargeAndSmallBlocksIsListedInThePacksOrder() throws IOException {
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String text = "block number " + i + ";";
      blocks.add(Homes.text(i % 3 == 0 ? text : text + "x".repeat(1 << 20)));
    }
    Homes.put(store, blocks.toArray(new Block[0]));
    Path pack = Homes.packs(home).get(0);
    List<Cid> damaged = new ArrayList<>();
    for (int i : new int[] {1, 3, 20, 21, 22, 39}) {
      assertThat(Homes.flipText(pack, "block number " + i + ";")).isTrue();
      damaged.add(blocks.get(i).cid());
    }
    VerifyReport report = store.verify().all();
    assertThat(report.corrupt()).extracting(VerifyReport.Damage::cid).isEqualTo(damaged);
    assertThat(report.blocks()).isEqualTo(blocks.size() - damaged.size());
  }

  @Test
  void pinsNeedTheirDags() throws IOException {
    Homes.put(store, leaf, dataset);
    assertThat(store.verify().all().isClean()).isTrue();
    store.pins().add(dataset.cid(), Pin.Kind.PERSISTENT, "test");
    assertThat(store.verify().all().missing()).containsExactly(other.cid());
    Homes.put(store, other);
    assertThat(store.verify().all().isClean()).isTrue();
  }

  @Test
  void refsNeedTheirCommitsAndThePresentDataset() throws IOException {
    Block dropped = node(Homes.text("dropped by retention").cid());
    Block first = commit(dropped.cid(), null);
    Block second = commit(dataset.cid(), first.cid());
    store.refs().move("caselaw", null, first.cid());
    store.refs().move("caselaw", first.cid(), second.cid());
    assertThat(store.verify().all().missing()).containsExactly(second.cid(), first.cid());
    Homes.put(store, first, second);
    assertThat(store.verify().all().missing()).containsExactly(dataset.cid());
    Homes.put(store, dataset, leaf, other);
    assertThat(store.verify().all().isClean()).as("the first dataset was dropped").isTrue();
  }

  @Test
  void historyBeforeTheFirstPositionMayBeElsewhere() throws IOException {
    Block elsewhere = commit(Homes.text("elsewhere").cid(), null);
    Block imported = commit(dataset.cid(), elsewhere.cid());
    Homes.put(store, dataset, leaf, other, imported);
    store.refs().move("caselaw", null, imported.cid());
    assertThat(store.verify().all().isClean()).isTrue();
  }

  @Test
  void aGapInTheHistoryOfARefIsDamage() throws IOException {
    Block first = commit(dataset.cid(), null);
    Block second = commit(dataset.cid(), first.cid());
    Homes.put(store, leaf, other, dataset, first, second);
    store.refs().move("caselaw", null, first.cid());
    store.refs().move("caselaw", first.cid(), second.cid());
    assertThat(store.verify().all().isClean()).isTrue();
    Files.delete(home.resolve("refs/caselaw/1"));
    assertThat(store.verify().all().corrupt())
        .extracting(damage -> damage.where() + " " + damage.computed())
        .containsExactly("refs/caselaw/1 missing");
  }

  @Test
  void hiddenFilesOfOthersAreNobodysBusiness() throws IOException {
    Homes.put(store, leaf);
    store.pins().add(leaf.cid(), Pin.Kind.PERSISTENT, "test");
    for (String folder : List.of("packs", "pins", "refs", "writers", "outbox", "condemned")) {
      Files.createDirectories(home.resolve(folder));
      Files.writeString(home.resolve(folder).resolve(".nfs0001"), "of a file system");
    }
    assertThat(store.verify().all().isClean()).isTrue();
    assertThat(store.pins().list()).hasSize(1);
    assertThat(store.gc().run().keptBlocks()).isEqualTo(1);
    assertThat(home.resolve("pins/.nfs0001")).exists();
  }

  @Test
  void aRefToWhatIsNoCommitIsDamage() throws IOException {
    Homes.put(store, leaf);
    store.refs().move("caselaw", null, leaf.cid());
    assertThat(store.verify().all().corrupt())
        .extracting(VerifyReport.Damage::cid)
        .containsExactly(leaf.cid());
  }

  @Test
  void aPinnedBlockThatIsNoNodeIsDamage() throws IOException {
    Block noNode = Block.of(Codec.DAG_PB, new byte[] {(byte) 0xff});
    Homes.put(store, noNode);
    store.pins().add(noNode.cid(), Pin.Kind.PERSISTENT, "test");
    assertThat(store.verify().all().corrupt()).hasSize(1);
  }

  @Test
  void verifyChangesNothing() throws IOException {
    Homes.put(store, leaf, other, dataset);
    store.pins().add(dataset.cid(), Pin.Kind.PERSISTENT, "test");
    List<String> before = contents();
    assertThat(store.verify().all().isClean()).isTrue();
    assertThat(contents()).isEqualTo(before);
  }

  private List<String> contents() throws IOException {
    List<String> contents = new ArrayList<>();
    for (Path file : Homes.files(home)) {
      contents.add(file + " " + Cid.hashOf(Codec.RAW, Files.readAllBytes(home.resolve(file))));
    }
    return contents;
  }

  private static Block commit(Cid dataset, @Nullable Cid parent) {
    return Commit.of(dataset, parent, Instant.EPOCH, "test", Map.of()).toBlock();
  }

  private static Block node(Cid... links) {
    List<PbLink> all = new ArrayList<>();
    for (Cid cid : links) {
      all.add(new PbLink(cid, new byte[0], 1));
    }
    return Block.of(Codec.DAG_PB, DagPb.encode(all, null));
  }
}
