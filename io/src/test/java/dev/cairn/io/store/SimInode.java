package dev.cairn.io.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** A file of a {@link SimDisk}: its bytes as seen, as durable, and the writes between. */
final class SimInode extends SimNode {
  private static final int SECTOR = 512;

  private byte[] seen = new byte[SECTOR];
  private int size;
  private byte[] durable = {};
  private final List<Write> unforced = new ArrayList<>();

  /** Names that it has. */
  int links;

  /** Times that it is open. */
  int handles;

  private static final class Write {
    private final int at;
    private final byte[] bytes;

    Write(int at, byte[] bytes) {
      this.at = at;
      this.bytes = bytes;
    }

    int end() {
      return at + bytes.length;
    }
  }

  int size() {
    return size;
  }

  int read(long position, ByteBuffer into) {
    int length = (int) Math.max(0, Math.min(into.remaining(), size - position));
    if (length > 0) {
      into.put(seen, (int) position, length);
    }
    return length;
  }

  void write(int position, byte[] bytes, long now) {
    Write write = new Write(position, bytes);
    if (write.end() > seen.length) {
      seen = Arrays.copyOf(seen, Math.max(2 * seen.length, write.end()));
    }
    System.arraycopy(bytes, 0, seen, position, bytes.length);
    size = Math.max(size, write.end());
    unforced.add(write);
    changed = now;
  }

  void force() {
    unforced.forEach(this::makeDurable);
    unforced.clear();
  }

  /** Each write that the force should have covered is durable or never will be. */
  void failForce(SplittableRandom random) {
    for (Write write : unforced) {
      if (random.nextBoolean()) {
        makeDurable(write);
      }
    }
    unforced.clear();
  }

  private void makeDurable(Write write) {
    if (write.end() > durable.length) {
      durable = Arrays.copyOf(durable, write.end());
    }
    System.arraycopy(write.bytes, 0, durable, write.at, write.bytes.length);
  }

  /** Keeps each sector and each growth that was not forced with this probability. */
  void lose(SplittableRandom random, double kept) {
    byte[] left = Arrays.copyOf(durable, Math.max(durable.length, size));
    if (random.nextBoolean()) {
      // A size that was kept without its bytes may show what lay there before.
      for (int i = durable.length; i < left.length; i++) {
        left[i] = (byte) random.nextInt();
      }
    }
    int length = durable.length;
    for (Write write : unforced) {
      if (write.end() > length && random.nextDouble() < kept) {
        length = write.end();
      }
      for (int from = write.at; from < write.end(); from = (from / SECTOR + 1) * SECTOR) {
        int to = Math.min(write.end(), (from / SECTOR + 1) * SECTOR);
        if (random.nextDouble() < kept) {
          System.arraycopy(write.bytes, from - write.at, left, from, to - from);
        }
      }
    }
    unforced.clear();
    seen = left;
    size = length;
    durable = Arrays.copyOf(left, length);
    links = 0;
    handles = 0;
  }

  /** Flips a bit, for good. */
  void flip(long bit) {
    int at = (int) (bit / Byte.SIZE);
    byte mask = (byte) (1 << bit % Byte.SIZE);
    seen[at] ^= mask;
    if (at < durable.length) {
      durable[at] ^= mask;
    }
  }
}
