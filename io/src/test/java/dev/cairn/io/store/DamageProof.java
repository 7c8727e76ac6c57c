package dev.cairn.io.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.IntegrityException;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Commit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Flips bits and cuts files anywhere in a home: all that must be found is found, and no wrong byte
 * is served. How often is set by {@code cairn.proof.damages}, from which seed on by {@code
 * cairn.proof.seed}.
 */
@Tag("proof")
class DamageProof {
  private static final int PACKS = 70;

  @TempDir Path folder;
  private final List<Block> blocks = new ArrayList<>();

  @Test
  void damageAnywhereIsFoundAndNeverServed() throws IOException {
    int damages = Integer.getInteger("cairn.proof.damages", 300);
    long seed = Long.getLong("cairn.proof.seed", 1);
    Path home = folder.resolve("home");
    make(home, new Random(seed));
    List<Path> files = Homes.files(home);
    Random random = new Random(seed);
    int found = 0;
    int harmless = 0;
    int refused = 0;
    for (int i = 0; i < damages; i++) {
      Path name = files.get(random.nextInt(files.size()));
      Path file = home.resolve(name);
      byte[] whole = Files.readAllBytes(file);
      byte[] damaged = whole.clone();
      if (random.nextInt(4) > 0 && whole.length > 0) {
        int bit = random.nextInt(whole.length * Byte.SIZE);
        damaged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      } else {
        damaged = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
      }
      Files.write(file, damaged);
      String what = "seed " + seed + " damage " + i + " in " + name;
      try {
        if (check(home, what)) {
          harmless++;
          boolean cache = name.startsWith("index") || name.startsWith("actions");
          assertThat(cache || Arrays.equals(whole, damaged)).as(what).isTrue();
        } else {
          found++;
        }
      } catch (StorageException e) {
        assertThat(name.toString()).as(what).isEqualTo("format");
        refused++;
      }
      Files.write(file, whole);
    }
    assertThat(Homes.verify(home).isClean()).isTrue();
    System.out.printf(
        "damages %d: found by verify %d, in caches and so harmless %d, store refused %d%n",
        damages, found, harmless, refused);
  }

  private void make(Path home, Random random) throws IOException {
    try (LocalStore store = LocalStore.open(home)) {
      Cid last = null;
      for (int i = 0; i < PACKS; i++) {
        byte[] bytes = new byte[random.nextInt(3000)];
        random.nextBytes(bytes);
        Block block = Block.raw(bytes);
        blocks.add(block);
        Block commit = Commit.of(block.cid(), last, Instant.EPOCH, "run", Map.of()).toBlock();
        Homes.put(store, block, commit);
        if (i % 10 == 0) {
          store.pins().add(block.cid(), Pin.Kind.PERSISTENT, "proof");
          store.refs().move("proof", last, commit.cid());
          store.actions().put("action-" + i, "{}", List.of(block.cid()));
          last = commit.cid();
        }
      }
    }
    try (LocalStore store = LocalStore.open(home)) {
      Homes.put(store, Homes.text("makes a run"));
    }
    assertThat(Homes.files(home.resolve("index"))).isNotEmpty();
  }

  /** Reads all blocks, which are right or refused; true if verify found nothing. */
  private boolean check(Path home, String what) throws IOException {
    try (LocalStore store = LocalStore.open(home)) {
      boolean clean = store.verify().all().isClean();
      for (Block block : blocks) {
        try {
          assertThat(store.get(block.cid()).bytes()).as(what).isEqualTo(block.bytes());
        } catch (IntegrityException e) {
          assertThat(clean).as(what + ": " + e.getMessage()).isFalse();
        }
      }
      return clean;
    }
  }
}
