package dev.cairn.io.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.io.block.IntegrityException;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefsTest {
  private static final int THREADS = 8;
  private static final int ROUNDS = 200;

  @TempDir Path home;
  private LocalStore store;
  private Refs refs;

  @BeforeEach
  void open() throws IOException {
    store = LocalStore.open(home);
    refs = store.refs();
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  @Test
  void aRefMovesFromCommitToCommit() throws IOException {
    assertThat(refs.move("caselaw", null, commit(1))).isEqualTo(new Ref("caselaw", 1, commit(1)));
    assertThat(refs.move("caselaw", commit(1), commit(2)).number()).isEqualTo(2);
    assertThat(refs.move("caselaw", 2, commit(3)).number()).isEqualTo(3);
    assertThat(refs.move("hub-models", 0, commit(9)).number()).isEqualTo(1);
    assertThat(refs.current("caselaw")).isEqualTo(new Ref("caselaw", 3, commit(3)));
    assertThat(refs.history("caselaw"))
        .extracting(Ref::commit)
        .containsExactly(commit(3), commit(2), commit(1));
    assertThat(refs.list()).containsExactly("caselaw", "hub-models");
  }

  @Test
  void movingFromElsewhereIsRefusedAndTellsWhereItIs() throws IOException {
    refs.move("caselaw", null, commit(1));
    refs.move("caselaw", commit(1), commit(2));
    assertThatThrownBy(() -> refs.move("caselaw", commit(1), commit(3)))
        .isInstanceOf(ParentMovedException.class)
        .hasMessageContaining(commit(2).toString());
    assertThatThrownBy(() -> refs.move("caselaw", null, commit(3)))
        .isInstanceOf(ParentMovedException.class);
    assertThatThrownBy(() -> refs.move("caselaw", 1, commit(3)))
        .isInstanceOf(ParentMovedException.class);
    assertThatThrownBy(() -> refs.move("unset", commit(1), commit(3)))
        .isInstanceOf(ParentMovedException.class);
    assertThat(refs.history("caselaw")).hasSize(2);
  }

  @Test
  void movingToWhereItIsSucceedsAndAddsNothing() throws IOException {
    refs.move("caselaw", null, commit(1));
    assertThat(refs.move("caselaw", commit(7), commit(1)).number()).isEqualTo(1);
    assertThat(refs.move("caselaw", 5, commit(1)).number()).isEqualTo(1);
    assertThat(refs.history("caselaw")).hasSize(1);
  }

  @Test
  void namesFollowTheRule() {
    assertThat(List.of("a", "caselaw", "hub-models_2", "a" + "b".repeat(63))).allMatch(Ref::isName);
    assertThat(List.of("", "A", "1a", "-a", "a/b", "a.b", "..", "ä", "a" + "b".repeat(64), "a\n"))
        .noneMatch(Ref::isName);
    assertThat(Ref.isName(commit(1).toString())).as("a CID of letters and digits").isFalse();
    assertThatThrownBy(() -> refs.current("../x")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aDamagedFileIsNamed() throws IOException {
    refs.move("caselaw", null, commit(1));
    Path file = home.resolve("refs/caselaw/1");
    byte[] whole = Files.readAllBytes(file);
    for (int bit = 0; bit < whole.length * 8; bit++) {
      Homes.flip(file, bit);
      assertThatThrownBy(() -> refs.current("caselaw"))
          .as("bit %d", bit)
          .isInstanceOf(IntegrityException.class)
          .hasMessageContaining("refs/caselaw/1");
      Homes.flip(file, bit);
    }
    assertThat(refs.current("caselaw")).isNotNull();
    Homes.flip(file, 0);
    assertThat(store.verify().all().corrupt())
        .extracting(VerifyReport.Damage::where)
        .containsExactly("refs/caselaw/1");
    assertThatThrownBy(() -> refs.move("caselaw", commit(1), commit(2)))
        .isInstanceOf(IntegrityException.class);
  }

  @Test
  void aFileUnderAnotherNumberOrNameIsDamaged() throws IOException {
    refs.move("caselaw", null, commit(1));
    Files.copy(home.resolve("refs/caselaw/1"), home.resolve("refs/caselaw/2"));
    assertThatThrownBy(() -> refs.current("caselaw")).isInstanceOf(IntegrityException.class);
  }

  @Test
  void strangersAreFoundByVerify() throws IOException {
    refs.move("caselaw", null, commit(1));
    Files.writeString(home.resolve("refs/caselaw/x"), "");
    Files.createDirectory(home.resolve("refs/UPPER"));
    assertThat(refs.list()).containsExactly("caselaw");
    assertThat(store.verify().all().corrupt())
        .extracting(VerifyReport.Damage::where)
        .containsExactlyInAnyOrder("refs/caselaw/x", "refs/UPPER");
  }

  @Test
  void ofMoversAtOnceExactlyOneWins() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        Ref before = refs.current("race");
        Cid parent = before == null ? null : before.commit();
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Future<Boolean>> moves = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          Cid commit = commit(round * THREADS + i);
          moves.add(pool.submit(mover(start, parent, commit)));
        }
        int winners = 0;
        for (Future<Boolean> move : moves) {
          winners += move.get() ? 1 : 0;
        }
        assertThat(winners).as("round %d", round).isEqualTo(1);
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(refs.history("race")).hasSize(ROUNDS);
    try (LocalStore again = LocalStore.open(home)) {
      assertThat(again.refs().history("race")).isEqualTo(refs.history("race"));
    }
    assertThat(Homes.files(home.resolve("tmp"))).isEmpty();
  }

  private Callable<Boolean> mover(CyclicBarrier start, @Nullable Cid parent, Cid commit) {
    return () -> {
      start.await();
      try {
        return refs.move("race", parent, commit).commit().equals(commit);
      } catch (ParentMovedException e) {
        return false;
      }
    };
  }

  private static Cid commit(int number) {
    return Cid.hashOf(Codec.DAG_JSON, Integer.toString(number).getBytes(StandardCharsets.UTF_8));
  }
}
