package dev.cairn.io.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Against sets of strings, with names that agree in many bytes and names that come twice. */
class PackNamesTest {
  @Property(tries = 200)
  void isASortedSet(
      @ForAll @IntRange(max = 300) int count,
      @ForAll @IntRange(max = 300) int otherCount,
      @ForAll boolean crowded,
      @ForAll long seed) {
    Random random = new Random(seed);
    List<String> list = names(random, count, crowded);
    List<String> otherList = names(random, otherCount, crowded);
    Set<String> expected = new TreeSet<>(list);
    Set<String> other = new TreeSet<>(otherList);
    PackNames names = PackNames.of(list);
    PackNames others = PackNames.of(otherList);
    assertThat(names).containsExactlyElementsOf(expected);
    assertThat(PackNames.ofSorted(names.toBytes()).isSameAs(names)).isTrue();
    assertThat(names.isSameAs(others)).isEqualTo(expected.equals(other));
    Set<String> both = new TreeSet<>(expected);
    both.retainAll(other);
    assertThat(names.and(others)).containsExactlyElementsOf(both);
    Set<String> mine = new TreeSet<>(expected);
    mine.removeAll(other);
    assertThat(names.without(others)).containsExactlyElementsOf(mine);
    Set<String> all = new TreeSet<>(expected);
    all.addAll(other);
    assertThat(names.or(others)).containsExactlyElementsOf(all);
    int[] numbers = names.numbersIn(others);
    int number = 0;
    for (String name : expected) {
      assertThat(names.get(number)).isEqualTo(name);
      assertThat(names.indexOf(name)).isEqualTo(number);
      assertThat(others.contains(name)).isEqualTo(other.contains(name));
      assertThat(numbers[number]).isEqualTo(others.indexOf(name));
      number++;
    }
    assertThat(names.contains("no name")).isFalse();
  }

  private static List<String> names(Random random, int count, boolean crowded) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long first = crowded ? 0x8000000000000000L + random.nextInt(2) : random.nextLong();
      int last = random.nextInt(crowded ? 50 : Integer.MAX_VALUE);
      names.add(String.format(Locale.ROOT, "%016x%048x", first, last));
      if (random.nextInt(10) == 0) {
        names.add(names.get(random.nextInt(names.size())));
      }
    }
    return names;
  }
}
