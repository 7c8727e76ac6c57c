package dev.cairn.io.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ShardCutterTest {
  private static List<ShardSpan> cut(int records, List<String> keys) {
    ShardCutter cutter = new ShardCutter(records);
    List<ShardSpan> spans = new ArrayList<>();
    for (String key : keys) {
      ShardSpan span = cutter.add(key);
      if (span != null) {
        spans.add(span);
      }
    }
    ShardSpan tail = cutter.finish();
    if (tail != null) {
      spans.add(tail);
    }
    return spans;
  }

  private static List<String> keys(int count) {
    return IntStream.range(0, count).mapToObj(i -> "cap:" + i).toList();
  }

  @Test
  void cutsAfterKeysWhoseHashIsZeroModuloK() throws NoSuchAlgorithmException {
    List<String> boundaries = new ArrayList<>();
    for (String key : keys(2000)) {
      byte[] hash = sha256(key);
      BigInteger first8 = new BigInteger(1, Arrays.copyOf(hash, 8));
      if (first8.mod(BigInteger.valueOf(16)).signum() == 0) {
        boundaries.add(key);
      }
    }
    List<ShardSpan> spans = cut(16, keys(2000));
    assertThat(spans.subList(0, spans.size() - 1))
        .extracting(ShardSpan::boundary)
        .containsExactlyElementsOf(boundaries);
    assertThat(boundaries).hasSizeBetween(100, 150);
    ShardSpan tail = spans.get(spans.size() - 1);
    assertThat(tail.boundary()).isNull();
    assertThat(tail.name()).isEqualTo("tail");
  }

  @Test
  void coversEveryKeyOnce() {
    long next = 0;
    for (ShardSpan span : cut(16, keys(2000))) {
      assertThat(span.first()).isEqualTo(next);
      next += span.records();
    }
    assertThat(next).isEqualTo(2000);
  }

  @Test
  void namesAShardByTheHashOfItsBoundary() throws NoSuchAlgorithmException {
    ShardSpan first = cut(16, keys(2000)).get(0);
    assertThat(first.name())
        .isEqualTo(HexFormat.of().formatHex(sha256(String.valueOf(first.boundary())), 0, 16));
    assertThat(Shard.nameOf("cap:5")).isEqualTo("536b5fed9a7377901f7f3fe777682722");
  }

  @Test
  void hasNoTailBehindALastBoundary() {
    List<String> keys = keys(2000);
    int last = keys.indexOf(cut(16, keys).get(3).boundary());
    List<ShardSpan> spans = cut(16, keys.subList(0, last + 1));
    assertThat(spans).hasSize(4).allMatch(s -> s.boundary() != null);
    assertThat(cut(1, keys(3))).extracting(ShardSpan::records).containsExactly(1L, 1L, 1L);
    assertThat(cut(16, List.of())).isEmpty();
  }

  /** Shards are a function of the keys: one key more or less changes one shard, or splits one. */
  @Property(tries = 100)
  void changesFewShardsByOneKey(
      @ForAll @IntRange(min = 1, max = 500) int count, @ForAll @IntRange(max = 600) int added) {
    Set<String> keys = new TreeSet<>(KeyOrder.INSTANCE);
    keys.addAll(keys(count));
    List<String> before = new ArrayList<>(keys);
    keys.add("cap:" + added);
    List<List<String>> old = contents(before);
    List<List<String>> fresh = contents(new ArrayList<>(keys));
    long changed = fresh.stream().filter(s -> !old.contains(s)).count();
    assertThat(changed).isLessThanOrEqualTo(2);
  }

  private static List<List<String>> contents(List<String> keys) {
    return cut(8, keys).stream()
        .map(s -> keys.subList((int) s.first(), (int) (s.first() + s.records())))
        .toList();
  }

  @Test
  void refusesKeysOutOfOrder() {
    ShardCutter cutter = new ShardCutter(1 << 10);
    cutter.add("cap:10");
    for (String key : List.of("cap:10", "cap:9", "cl:1")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> cutter.add(key))
          .withMessageStartingWith("Cannot cut shards: " + key);
    }
    assertThatIllegalArgumentException().isThrownBy(() -> new ShardCutter(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ShardCutter(ShardCutter.MAX_RECORDS + 1));
  }

  private static byte[] sha256(String text) throws NoSuchAlgorithmException {
    return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
  }
}
