package dev.cairn.io.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.IntegrityException;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
  @TempDir Path home;
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
  void entriesWaitUntilTheyAreRemoved() throws IOException {
    Cid cid = put("a root");
    OutboxEntry first = store.outbox().add(cid, "", "cairn:cases");
    assertThat(store.outbox().list()).containsExactly(first);
    OutboxEntry again = store.outbox().add(cid, "12D3Koo", "cairn:other");
    assertThat(again).isEqualTo(new OutboxEntry(cid, "12D3Koo", "cairn:other", first.since(), ""));
    store.outbox().put(again.refused("too \"large\"\nfor it"));
    OutboxEntry refused = store.outbox().list().get(0);
    assertThat(refused.isRefused()).isTrue();
    assertThat(refused.refusal()).isEqualTo("too \"large\"\nfor it");
    assertThat(store.outbox().remove(cid)).isTrue();
    assertThat(store.outbox().remove(cid)).isFalse();
    assertThat(store.outbox().list()).isEmpty();
    assertThat(store.outbox().get(cid)).isNull();
  }

  @Test
  void whatWaitsIsKeptByGcAndLookedForByVerify() throws IOException {
    Cid cid = put("waits");
    Cid garbage = put("nobody's");
    store.outbox().add(cid, "", "cairn:cases");
    store.gc().run();
    assertThat(store.has(cid)).isTrue();
    assertThat(store.has(garbage)).isFalse();
    assertThat(store.verify().all().isClean()).isTrue();
    Cid absent = Cid.hashOf(Codec.RAW, new byte[] {1});
    store.outbox().add(absent, "", "cairn:cases");
    assertThat(store.verify().all().missing()).containsExactly(absent);
    assertThatThrownBy(() -> store.gc().run()).isInstanceOf(IntegrityException.class);
    store.outbox().remove(absent);
    store.outbox().remove(cid);
    store.gc().run();
    assertThat(store.has(cid)).isFalse();
  }

  @Test
  void aDamagedEntryIsNamed() throws IOException {
    Cid cid = put("damaged");
    store.outbox().add(cid, "", "cairn:cases");
    Homes.flip(home.resolve("outbox").resolve(cid.toString()), 100);
    assertThatThrownBy(() -> store.outbox().list())
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining(cid.toString());
    assertThat(store.verify().all().corrupt())
        .extracting(VerifyReport.Damage::where)
        .containsExactly("outbox/" + cid);
    assertThatThrownBy(() -> store.gc().run()).isInstanceOf(IntegrityException.class);
  }

  private Cid put(String text) throws IOException {
    Block block = Block.raw(text.getBytes(StandardCharsets.UTF_8));
    try (LocalWriter writer = store.newWriter()) {
      writer.put(block);
      writer.seal();
    }
    return block.cid();
  }
}
