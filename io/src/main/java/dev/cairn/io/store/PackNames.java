package dev.cairn.io.store;

import java.nio.ByteBuffer;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Pack names as a sorted set that takes 32 bytes of memory each. Immutable. */
final class PackNames extends AbstractSet<String> {
  static final int NAME_BYTES = 32;
  static final PackNames NONE = new PackNames(new byte[0]);

  private static final HexFormat HEX = HexFormat.of();

  private final byte[] sorted;

  private PackNames(byte[] sorted) {
    this.sorted = sorted;
  }

  static PackNames of(Collection<String> names) {
    byte[] unsorted = new byte[names.size() * NAME_BYTES];
    int end = 0;
    for (String name : names) {
      System.arraycopy(bytes(name), 0, unsorted, end, NAME_BYTES);
      end += NAME_BYTES;
    }
    return new PackNames(withoutRepeats(sorted(unsorted)));
  }

  /**
   * Sorts numbers first, which takes a tenth of the time that sorting 100,000 strings takes: of
   * each name its first bits, and its place in the bits that are left.
   */
  private static byte[] sorted(byte[] unsorted) {
    int count = unsorted.length / NAME_BYTES;
    long placeBits = 2 * Long.highestOneBit(count) - 1;
    ByteBuffer names = ByteBuffer.wrap(unsorted);
    long[] order = new long[count];
    for (int i = 0; i < count; i++) {
      long first = names.getLong(i * NAME_BYTES) ^ Long.MIN_VALUE;
      order[i] = (first & ~placeBits) | i;
    }
    Arrays.sort(order);
    byte[] sorted = new byte[unsorted.length];
    for (int i = 0; i < count; i++) {
      int from = (int) (order[i] & placeBits) * NAME_BYTES;
      int at = i * NAME_BYTES;
      // Names that agree in their first bits are put in order here.
      while (at > 0 && compare(sorted, at - NAME_BYTES, unsorted, from) > 0) {
        System.arraycopy(sorted, at - NAME_BYTES, sorted, at, NAME_BYTES);
        at -= NAME_BYTES;
      }
      System.arraycopy(unsorted, from, sorted, at, NAME_BYTES);
    }
    return sorted;
  }

  private static byte[] withoutRepeats(byte[] sorted) {
    int end = 0;
    for (int at = 0; at < sorted.length; at += NAME_BYTES) {
      if (end == 0 || compare(sorted, end - NAME_BYTES, sorted, at) != 0) {
        System.arraycopy(sorted, at, sorted, end, NAME_BYTES);
        end += NAME_BYTES;
      }
    }
    return end == sorted.length ? sorted : Arrays.copyOf(sorted, end);
  }

  /** As written by {@link #toBytes}. */
  static PackNames ofSorted(byte[] names) {
    return new PackNames(names);
  }

  /** All names one behind the other, not to be changed. */
  byte[] toBytes() {
    return sorted;
  }

  @Override
  public int size() {
    return sorted.length / NAME_BYTES;
  }

  /** The name with this number, in sorted order from 0. */
  String get(int number) {
    int at = number * NAME_BYTES;
    return HEX.formatHex(sorted, at, at + NAME_BYTES);
  }

  /** The name's number, or a negative one if it is not here. */
  int indexOf(String name) {
    return indexOf(bytes(name), 0);
  }

  @Override
  public boolean contains(Object name) {
    return name instanceof String string && PackFormat.isName(string) && indexOf(string) >= 0;
  }

  @Override
  public Iterator<String> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < size();
      }

      @Override
      public String next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return get(next++);
      }
    };
  }

  /** For each name its number in the other set, -1 where it is not there. */
  int[] numbersIn(PackNames other) {
    int[] numbers = new int[size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Math.max(-1, other.indexOf(sorted, i * NAME_BYTES));
    }
    return numbers;
  }

  /** True if the other set is the same; quicker than {@code equals}. */
  boolean isSameAs(PackNames other) {
    return Arrays.equals(sorted, other.sorted);
  }

  PackNames or(PackNames other) {
    return merge(other, true, true, true);
  }

  PackNames and(PackNames other) {
    return merge(other, false, true, false);
  }

  PackNames without(PackNames other) {
    return merge(other, true, false, false);
  }

  private PackNames merge(PackNames other, boolean mine, boolean both, boolean others) {
    byte[] into = new byte[sorted.length + (others ? other.sorted.length : 0)];
    int end = 0;
    int at = 0;
    int otherAt = 0;
    while (at < sorted.length || otherAt < other.sorted.length) {
      int order = compare(at, other, otherAt);
      boolean wanted = order < 0 ? mine : order == 0 ? both : others;
      if (wanted) {
        byte[] from = order <= 0 ? sorted : other.sorted;
        System.arraycopy(from, order <= 0 ? at : otherAt, into, end, NAME_BYTES);
        end += NAME_BYTES;
      }
      at += order <= 0 ? NAME_BYTES : 0;
      otherAt += order >= 0 ? NAME_BYTES : 0;
    }
    return new PackNames(end == into.length ? into : Arrays.copyOf(into, end));
  }

  private int compare(int at, PackNames other, int otherAt) {
    if (at == sorted.length) {
      return 1;
    }
    return otherAt == other.sorted.length ? -1 : compare(sorted, at, other.sorted, otherAt);
  }

  private int indexOf(byte[] bytes, int at) {
    int low = 0;
    int high = size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = compare(sorted, middle * NAME_BYTES, bytes, at);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  private static int compare(byte[] a, int at, byte[] b, int otherAt) {
    return Arrays.compareUnsigned(a, at, at + NAME_BYTES, b, otherAt, otherAt + NAME_BYTES);
  }

  private static byte[] bytes(String name) {
    return HEX.parseHex(name);
  }
}
