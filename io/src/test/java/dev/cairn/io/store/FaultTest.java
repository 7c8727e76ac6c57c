package dev.cairn.io.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.io.block.Block;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Acts of the disk that fail: full, denied, a lost answer. */
class FaultTest {
  private static final Block A = Homes.text("a");
  private static final Block B = Homes.text("b");

  @TempDir Path home;
  private final FaultyDisk disk = new FaultyDisk();
  private LocalStore store;

  @BeforeEach
  void open() throws IOException {
    store = LocalStore.open(home, disk);
    Homes.put(store, A);
  }

  @AfterEach
  void close() throws IOException {
    disk.heal();
    store.close();
    assertThat(disk.openFiles()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "write", "force", "rename"})
  void aPutThatFailsLeavesNothingAndTheNextSucceeds(String act) throws IOException {
    disk.failWhen((what, path) -> what.equals(act) && path.toString().endsWith(".car"));
    assertThatThrownBy(() -> Homes.put(store, B)).isInstanceOf(StorageException.class);
    assertThat(store.has(B.cid())).isFalse();
    assertThat(Homes.files(home.resolve("tmp"))).isEmpty();
    disk.heal();
    Homes.put(store, B);
    assertThat(store.has(B.cid())).isTrue();
    assertThat(store.verify().all().isClean()).isTrue();
  }

  @Test
  void aFailedForceOfTheFolderIsNoSuccess() throws IOException {
    disk.failWhen((what, path) -> what.equals("forceFolder") && path.endsWith("packs"));
    assertThatThrownBy(() -> Homes.put(store, B)).isInstanceOf(StorageException.class);
  }

  @Test
  void whatAnotherWroteIsForcedBeforeItIsCountedOn() throws IOException {
    disk.failWhen((what, path) -> what.equals("forceFolder") && path.endsWith("packs"));
    assertThatThrownBy(() -> Homes.put(store, A)).isInstanceOf(StorageException.class);
  }

  @Test
  void aFailedWriterRefusesToGoOn() throws IOException {
    try (LocalWriter writer = store.newWriter()) {
      disk.failWhen((what, path) -> what.equals("create"));
      assertThatThrownBy(() -> writer.put(B)).isInstanceOf(StorageException.class);
      disk.heal();
      assertThatThrownBy(() -> writer.put(B)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(writer::seal).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aHomeThatCannotBeWrittenIsStillRead() throws IOException {
    store.close();
    disk.failWhen(
        (what, path) -> !what.equals("open") && !what.equals("read") && !what.equals("list"));
    store = LocalStore.open(home, disk);
    assertThat(store.get(A.cid()).bytes()).isEqualTo(A.bytes());
    assertThatThrownBy(() -> Homes.put(store, B)).isInstanceOf(StorageException.class);
    assertThatThrownBy(() -> store.actions().put("key", "value", List.of()))
        .isInstanceOf(StorageException.class);
    assertThatThrownBy(() -> store.refs().move("caselaw", null, commit(1)))
        .isInstanceOf(CommitFailedException.class);
  }

  @Test
  void aPackThatCannotBeReadIsNoMissingBlock() throws IOException {
    disk.failWhen((what, path) -> what.equals("read"));
    assertThatThrownBy(() -> store.get(A.cid())).isInstanceOf(StorageException.class);
    assertThatThrownBy(() -> store.has(A.cid())).isInstanceOf(StorageException.class);
    disk.heal();
    assertThat(store.has(A.cid())).isTrue();
  }

  @Test
  void aFolderWithoutLinksIsRefusedAtOnce() throws IOException {
    disk.failWhen((what, path) -> what.equals("link"));
    try (LocalStore other = LocalStore.open(home.resolve("other"), disk)) {
      assertThatThrownBy(() -> Homes.put(other, B)).isInstanceOf(StorageException.class);
    }
    assertThat(Homes.files(home.resolve("other"))).isEmpty();
  }

  @Test
  void aRefWhoseLinkIsRefusedDidNotMove() throws IOException {
    disk.failWhen((what, path) -> what.equals("link"));
    assertThatThrownBy(() -> store.refs().move("caselaw", null, commit(1)))
        .isInstanceOf(CommitFailedException.class);
    assertThat(store.refs().current("caselaw")).isNull();
    assertThat(Homes.files(home.resolve("tmp"))).isEmpty();
  }

  @Test
  void aLostAnswerIsSettledByReading() throws IOException {
    disk.failWhen((what, path) -> what.equals("answer"));
    assertThat(store.refs().move("caselaw", null, commit(1)).number()).isEqualTo(1);
    assertThat(store.refs().current("caselaw")).isEqualTo(new Ref("caselaw", 1, commit(1)));
  }

  @Test
  void whatCannotBeReadBackIsUnknown() throws IOException {
    disk.failWhen(
        (what, path) ->
            what.equals("answer") || (what.equals("open") && path.toString().contains("refs")));
    assertThatThrownBy(() -> store.refs().move("caselaw", null, commit(1)))
        .isInstanceOf(CommitStateUnknownException.class);
    disk.failWhen((what, path) -> what.equals("forceFolder") && path.endsWith("caselaw"));
    assertThatThrownBy(() -> store.refs().move("caselaw", commit(1), commit(2)))
        .as("before the link it did not move for sure")
        .isInstanceOf(CommitFailedException.class);
    AtomicBoolean linked = new AtomicBoolean();
    disk.failWhen(
        (what, path) -> {
          linked.compareAndSet(false, what.equals("answer"));
          return linked.get() && what.equals("forceFolder") && path.endsWith("caselaw");
        });
    assertThatThrownBy(() -> store.refs().move("caselaw", commit(1), commit(2)))
        .isInstanceOf(CommitStateUnknownException.class);
    disk.heal();
    assertThat(store.refs().history("caselaw")).hasSize(2);
  }

  @Test
  void aMoveWhoseTemporaryFileStaysIsStillAMove() throws IOException {
    disk.failWhen((what, path) -> what.equals("delete"));
    assertThat(store.refs().move("caselaw", null, commit(1)).number()).isEqualTo(1);
  }

  @Test
  void filesOfAnAbandonedProcessDoNoHarm() throws IOException {
    Files.writeString(home.resolve("tmp/0123456789abcdef-1.car"), "half a pack");
    Files.writeString(home.resolve("format.0123456789abcdef"), "cairn-store 1\n");
    LocalStore crashed = LocalStore.open(home, disk);
    LocalWriter writer = crashed.newWriter();
    writer.put(B);
    assertThat(Homes.files(home.resolve("tmp"))).hasSize(2);
    assertThat(store.has(B.cid())).isFalse();
    assertThat(store.verify().all().isClean()).isTrue();
    Homes.put(store, B);
    assertThat(store.has(B.cid())).isTrue();
    writer.close();
    crashed.close();
  }

  private static Cid commit(int number) {
    return Cid.hashOf(Codec.DAG_JSON, Integer.toString(number).getBytes(StandardCharsets.UTF_8));
  }
}
