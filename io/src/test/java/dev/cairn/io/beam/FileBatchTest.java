package dev.cairn.io.beam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.LocalStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileBatchTest {
  @TempDir Path temp;

  @Test
  void storesTheSameWhenItIsDoneAgain() throws IOException {
    try (LocalStore store = LocalStore.open(temp)) {
      List<FileReceipt> first = batch(store).seal();
      long stored = store.verify().all().blocks();
      assertThat(batch(store).seal()).isEqualTo(first);
      assertThat(store.verify().all().blocks()).isEqualTo(stored);
      assertThat(first).extracting(FileReceipt::getPath).containsExactly("a/b", "c");
      assertThat(first).extracting(FileReceipt::getBytes).containsExactly(4L, 1L);
      assertThat(first.get(0).getTiers()).containsExactly(TierReceipt.of("local", "stored", ""));
    }
  }

  @Test
  void showsNothingBeforeItIsSealed() throws IOException {
    try (LocalStore store = LocalStore.open(temp)) {
      FileBatch abandoned = batch(store);
      abandoned.close();
      assertThat(store.verify().all().blocks()).isZero();
    }
  }

  /** Another process puts the folder together, perhaps hours later. */
  @Test
  void outlivesGcUntilTheFolderIsMade() throws IOException {
    List<FileReceipt> receipts;
    try (LocalStore store = LocalStore.open(temp)) {
      receipts = batch(store).seal();
    }
    try (LocalStore store = LocalStore.open(temp)) {
      store.gc().run();
      for (FileReceipt receipt : receipts) {
        assertThat(store.has(Cid.parse(receipt.getCid()))).isTrue();
      }
    }
  }

  @Test
  void refusesPathsThatLeadElsewhere() throws IOException {
    try (LocalStore store = LocalStore.open(temp);
        FileBatch batch = new FileBatch(store)) {
      String tooLong = "a/".repeat(FolderTree.MAX_PATH_BYTES / 2) + "b";
      for (String path : List.of("", "/a", "a/", "a//b", "../a", "a/./b", "a\0b", tooLong)) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> batch.add(path, out -> {}))
            .withMessageStartingWith("Cannot write file");
      }
    }
  }

  private static FileBatch batch(LocalStore store) throws IOException {
    FileBatch batch = new FileBatch(store);
    batch.add("a/b", out -> out.write("text".getBytes(StandardCharsets.UTF_8)));
    batch.add("c", out -> out.write(7));
    return batch;
  }
}
