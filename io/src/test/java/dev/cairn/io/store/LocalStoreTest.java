package dev.cairn.io.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.MissingBlockException;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStoreTest {
  @TempDir Path folder;

  @Test
  void sealedBlocksAreReadBackByThisAndOtherInstances() throws IOException {
    Block a = text("a");
    Block b = text("b");
    try (LocalStore store = open()) {
      put(store, a, b);
      assertThat(store.get(a.cid()).bytes()).isEqualTo(a.bytes());
      assertThat(store.verify().all().isClean()).isTrue();
    }
    try (LocalStore store = open()) {
      assertThat(store.get(b.cid()).bytes()).isEqualTo(b.bytes());
      assertThat(store.has(a.cid())).isTrue();
      assertThat(store.verify().all()).isEqualTo(new VerifyReport(2, 2, List.of(), List.of()));
    }
  }

  @Test
  void readingFromAHomeThatIsNotThereCreatesNothing() throws IOException {
    Cid cid = text("a").cid();
    try (LocalStore store = open()) {
      assertThat(store.has(cid)).isFalse();
      assertThat(store.refs().list()).isEmpty();
      assertThat(store.refs().current("caselaw")).isNull();
      assertThat(store.pins().list()).isEmpty();
      assertThat(store.actions().get("abc")).isEmpty();
      assertThat(store.verify().all().isClean()).isTrue();
      assertThatThrownBy(() -> store.get(cid)).isInstanceOf(MissingBlockException.class);
      try (LocalWriter writer = store.newWriter()) {
        writer.seal();
      }
    }
    assertThat(home()).doesNotExist();
  }

  @Test
  void abandonedWritersLeaveNothing() throws IOException {
    Block a = text("a");
    try (LocalStore store = open()) {
      try (LocalWriter writer = store.newWriter()) {
        assertThat(writer.put(a)).isTrue();
        assertThat(store.has(a.cid())).isFalse();
        assertThat(writer.pending().get(a.cid()).bytes()).isEqualTo(a.bytes());
      }
      assertThat(store.has(a.cid())).isFalse();
    }
    try (Stream<Path> left = Files.walk(home())) {
      assertThat(left.filter(Files::isRegularFile)).containsExactly(home().resolve("format"));
    }
  }

  @Test
  void knownBlocksAreNotWrittenAgainWhateverTheirCodec() throws IOException {
    Block a = text("a");
    try (LocalStore store = open()) {
      put(store, a);
      try (LocalWriter writer = store.newWriter()) {
        assertThat(writer.put(a)).isFalse();
        assertThat(writer.put(Block.of(Codec.DAG_PB, a.bytes()))).isFalse();
        assertThat(writer.put(Block.identity(Cid.parse("bafkqaaa")))).isFalse();
        writer.seal();
      }
      assertThat(packs()).hasSize(1);
      assertThat(store.get(Cid.v1(Codec.DAG_PB, a.cid().multihash())).cid().codec())
          .isEqualTo(Codec.DAG_PB);
    }
  }

  private List<Path> packs() throws IOException {
    try (Stream<Path> files = Files.list(home().resolve("packs"))) {
      return files.toList();
    }
  }

  private LocalStore open() throws IOException {
    return LocalStore.open(home());
  }

  private Path home() {
    return folder.resolve("home");
  }

  private static Block text(String text) {
    return Block.raw(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void put(LocalStore store, Block... blocks) throws IOException {
    try (LocalWriter writer = store.newWriter()) {
      for (Block block : blocks) {
        writer.put(block);
      }
      writer.seal();
    }
  }
}
