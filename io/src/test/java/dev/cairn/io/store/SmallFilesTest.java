package dev.cairn.io.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.io.block.IntegrityException;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallFilesTest {
  private static final String WHY = "added \"ä\"\nby hand";

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
  void pinsAreKeptUpgradedAndRemoved() throws IOException {
    Cid cid = Cid.parse("QmPLPpnptHc1DMhJAWNYMTqBTqqRQNy5WsY7F9pZgsBfMT");
    Pin cache = store.pins().add(cid, Pin.Kind.CACHE, "input");
    assertThat(store.pins().list()).containsExactly(cache);
    Pin pin = store.pins().add(cid, Pin.Kind.PERSISTENT, WHY);
    assertThat(store.pins().list())
        .containsExactly(pin)
        .containsExactly(new Pin(cid, Pin.Kind.PERSISTENT, WHY));
    assertThat(store.pins().add(cid, Pin.Kind.CACHE, "again")).isEqualTo(pin);
    assertThat(store.pins().get(Cid.v1(Codec.DAG_PB, cid.multihash()))).isEqualTo(pin);
    assertThat(store.pins().remove(cid)).isTrue();
    assertThat(store.pins().remove(cid)).isFalse();
    assertThat(store.pins().list()).isEmpty();
  }

  @Test
  void aDamagedPinIsNamedWhicheverBitFlips() throws IOException {
    Cid cid = Cid.hashOf(Codec.RAW, new byte[0]);
    store.pins().add(cid, Pin.Kind.PERSISTENT, WHY);
    Path file = home.resolve("pins").resolve(cid.toString());
    byte[] whole = Files.readAllBytes(file);
    for (int bit = 0; bit < whole.length * 8; bit++) {
      Homes.flip(file, bit);
      assertThatThrownBy(() -> store.pins().list())
          .as("bit %d", bit)
          .isInstanceOf(IntegrityException.class)
          .hasMessageContaining(file.toString());
      Homes.flip(file, bit);
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    Homes.flip(file, 0);
    assertThat(store.verify().all().corrupt())
        .extracting(VerifyReport.Damage::where)
        .containsExactly("pins/" + cid);
  }

  @Test
  void actionsAreRememberedAndTheLastStays() throws IOException {
    assertThat(store.actions().get("abc")).isEmpty();
    store.actions().put("abc", "{\"rows\":1}", List.of());
    store.actions().put("abc", "{\"rows\":\"ä\"}", List.of());
    store.actions().put("empty", "", List.of());
    assertThat(store.actions().get("abc")).contains("{\"rows\":\"ä\"}");
    assertThat(store.actions().get("empty")).contains("");
    assertThatThrownBy(() -> store.actions().put("../x", "y", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aBadActionIsAMiss() throws IOException {
    store.actions().put("abc", "value", List.of());
    Path file = home.resolve("actions/abc");
    byte[] whole = Files.readAllBytes(file);
    for (int bit = 0; bit < whole.length * 8; bit++) {
      Homes.flip(file, bit);
      assertThat(store.actions().get("abc")).as("bit %d", bit).isEmpty();
      Homes.flip(file, bit);
    }
    assertThat(store.actions().get("abc")).contains("value");
    for (int length = whole.length - 1; length >= 0; length--) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(length);
      }
      assertThat(store.actions().get("abc")).as("cut to %d", length).isEmpty();
    }
    Files.write(file, new byte[SmallFile.MAX_BYTES + 1]);
    assertThat(store.actions().get("abc")).isEmpty();
    Files.write(home.resolve("actions/other"), whole);
    assertThat(store.actions().get("other")).as("another key's").isEmpty();
    assertThat(store.verify().all().isClean()).isTrue();
  }

  @Test
  void damageCannotHideBehindTheReplacementCharacter() throws IOException {
    store.actions().put("abc", "\uFFFD", List.of());
    Path file = home.resolve("actions/abc");
    byte[] whole = Files.readAllBytes(file);
    String text = new String(whole, StandardCharsets.ISO_8859_1);
    int at = text.indexOf('\u00ef');
    whole[at + 2] ^= 0x40;
    Files.write(file, whole);
    assertThat(store.actions().get("abc")).isEmpty();
  }

  @Test
  void writersAreRegisteredWhileTheStoreIsOpen() throws IOException {
    store.actions().put("abc", "value", List.of());
    assertThat(Homes.files(home.resolve("writers"))).hasSize(1);
    Path file = home.resolve("writers").resolve(Homes.files(home.resolve("writers")).get(0));
    assertThat(Files.readString(file)).contains("pid " + ProcessHandle.current().pid() + "\n");
    Files.writeString(file, "damaged");
    assertThat(store.verify().all().corrupt()).hasSize(1);
    store.close();
    assertThat(Homes.files(home.resolve("writers"))).isEmpty();
  }
}
