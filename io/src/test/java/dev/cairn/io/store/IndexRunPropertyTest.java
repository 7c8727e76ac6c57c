package dev.cairn.io.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.io.cid.HashFunction;
import dev.cairn.io.cid.Multihash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Runs against a plain list, with keys that many packs share and keys that crowd together. */
class IndexRunPropertyTest {
  private static final PackNames PACKS = PackNames.of(packs());

  @Property(tries = 60)
  void everyPlaceIsFoundAndNoOther(
      @ForAll @IntRange(max = 1500) int keys,
      @ForAll @IntRange(min = 1, max = 300) int copiesOfSome,
      @ForAll boolean crowded)
      throws IOException {
    List<One> places = new ArrayList<>();
    for (int i = 0; i < keys; i++) {
      int copies = i % 97 == 0 ? copiesOfSome : 1;
      for (int pack = 0; pack < copies; pack++) {
        places.add(new One(key(i, crowded), pack, 100L * i, i + 1));
      }
    }
    places.sort(null);
    Path file = Files.createTempFile("cairn", ".run");
    Files.delete(file);
    try {
      write(file, places);
      check(file, keys, copiesOfSome, crowded);
    } finally {
      Files.delete(file);
    }
  }

  private static void write(Path file, List<One> places) throws IOException {
    try (RunWriter writer = new RunWriter(Disk.real(), file, PACKS)) {
      for (One place : places) {
        writer.add(place);
      }
      writer.finish();
    }
  }

  private static void check(Path file, int keys, int copiesOfSome, boolean crowded)
      throws IOException {
    try (IndexRun run = IndexRun.open(Disk.real().open(file), "test.run")) {
      assertThat(run.packs()).isEqualTo(PACKS);
      for (int i = 0; i < keys; i++) {
        List<RunEntry> found = run.find(multihash(key(i, crowded)));
        assertThat(found).hasSize(i % 97 == 0 ? copiesOfSome : 1);
        for (int pack = 0; pack < found.size(); pack++) {
          assertThat(found.get(pack))
              .isEqualTo(new RunEntry("test.run", PACKS.get(pack), 100L * i, i + 1));
        }
      }
      for (int i = keys; i < keys + 50; i++) {
        assertThat(run.find(multihash(key(i, crowded)))).isEmpty();
      }
    }
  }

  /**
   * Digests as they are, or all alike in their first eight bytes, which no guess can tell apart.
   */
  private static byte[] key(int number, boolean crowded) {
    byte[] bytes = Integer.toString(number).getBytes(StandardCharsets.UTF_8);
    byte[] key = Multihash.sha256(bytes).digest();
    if (crowded) {
      Arrays.fill(key, 0, Long.BYTES, (byte) 0x7f);
    }
    return key;
  }

  private static Multihash multihash(byte[] key) {
    return Multihash.of(HashFunction.SHA2_256, key);
  }

  private static List<String> packs() {
    List<String> packs = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      packs.add(String.format(Locale.ROOT, "%064x", i));
    }
    return packs;
  }

  private static final class One extends RunCursor {
    One(byte[] key, int pack, long offset, int length) {
      System.arraycopy(key, 0, this.key, 0, key.length);
      this.pack = pack;
      this.offset = offset;
      this.length = length;
    }

    @Override
    boolean next() {
      return false;
    }

    @Override
    public void close() {}
  }
}
