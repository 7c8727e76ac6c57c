package dev.cairn.io.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.CorruptBlockException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One block in two packs. */
class CopiesTest {
  private static final Block BLOCK = Homes.text("precious content");

  @TempDir Path home;
  @TempDir Path scratch;

  @BeforeEach
  void makeCopies() throws IOException {
    try (LocalStore store = LocalStore.open(home)) {
      Homes.put(store, Homes.text("another"), BLOCK);
    }
    Homes.addPack(home, scratch, BLOCK);
    assertThat(Homes.packs(home)).hasSize(2);
  }

  @Test
  void aGoodCopyIsServedInPlaceOfACorruptOne() throws IOException {
    for (Path pack : Homes.packs(home)) {
      assertThat(Homes.flipText(pack, "precious")).isTrue();
      try (LocalStore store = LocalStore.open(home)) {
        assertThat(store.get(BLOCK.cid()).bytes()).isEqualTo(BLOCK.bytes());
      }
      assertThat(Homes.verify(home).corrupt())
          .extracting(VerifyReport.Damage::cid)
          .containsExactly(BLOCK.cid());
      Homes.flipText(pack, "qrecious");
    }
  }

  @Test
  void twoCorruptCopiesAreAnErrorThatNamesPlaceAndHash() throws IOException {
    for (Path pack : Homes.packs(home)) {
      Homes.flipText(pack, "precious");
    }
    try (LocalStore store = LocalStore.open(home)) {
      assertThatThrownBy(() -> store.get(BLOCK.cid()))
          .isInstanceOf(CorruptBlockException.class)
          .hasMessageContaining("packs/")
          .hasMessageContaining("SHA2_256:")
          .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    }
  }
}
