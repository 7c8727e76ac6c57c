package dev.cairn.io.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormatTest {
  @TempDir Path home;

  @Test
  void theFormatIsAVersionAndNoFeatures() throws IOException {
    try (LocalStore store = LocalStore.open(home)) {
      store.actions().put("a", "b", List.of());
    }
    assertThat(Files.readString(home.resolve("format"))).isEqualTo("cairn-store 1\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "cairn-store 1", "cairn-store 2\n", "cairn-store 1\nnew-feature\n"})
  void anyOtherFormatIsRefusedUntouched(String format) throws IOException {
    Files.writeString(home.resolve("format"), format);
    assertThatThrownBy(() -> LocalStore.open(home))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining(home.toString());
    assertThat(Homes.files(home)).containsExactly(Path.of("format"));
  }

  @Test
  void aStoreThatLostItsFormatIsRefused() throws IOException {
    try (LocalStore store = LocalStore.open(home)) {
      Homes.put(store, Homes.text("a"));
    }
    Files.delete(home.resolve("format"));
    assertThatThrownBy(() -> LocalStore.open(home)).isInstanceOf(StorageException.class);
  }

  @Test
  void anOpenStoreSeesAHomeThatIsCreatedLater() throws IOException {
    Path later = home.resolve("deep/down");
    try (LocalStore early = LocalStore.open(later);
        LocalStore writer = LocalStore.open(later)) {
      assertThat(early.has(Homes.text("a").cid())).isFalse();
      Homes.put(writer, Homes.text("a"));
      assertThat(early.has(Homes.text("a").cid())).isTrue();
      assertThat(early.freeBytes()).isPositive();
    }
  }

  @Test
  void aHomeBelowAFileIsAStorageError() throws IOException {
    Path file = Files.writeString(home.resolve("file"), "");
    assertThatThrownBy(() -> LocalStore.open(file.resolve("home")))
        .isInstanceOf(StorageException.class);
    assertThatThrownBy(() -> LocalStore.open(file)).isInstanceOf(StorageException.class);
  }
}
