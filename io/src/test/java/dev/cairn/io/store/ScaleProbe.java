package dev.cairn.io.store;

import dev.cairn.io.block.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/** One JVM of {@link ScaleProof}: prints a line of what it measured in itself. */
final class ScaleProbe {
  static final String HEADINGS =
      String.format(
          Locale.ROOT,
          "%-14s %9s %9s %9s %9s %11s %11s %8s %8s %7s",
          "",
          "open",
          "first put",
          "first get",
          "first has",
          "gets/s",
          "absent/s",
          "heap MB",
          "peak RSS",
          "handles");

  private static final long NANOS = 4_000_000_000L;

  /** What the store's watch on the packs folder needs before it trusts a listing. */
  private static final long SETTLE_NANOS = 4_000_000_000L;

  private final LocalStore store;
  private final long blocks;
  private final Random random;

  private ScaleProbe(LocalStore store, long blocks, long seed) {
    this.store = store;
    this.blocks = blocks;
    this.random = new Random(seed);
  }

  public static void main(String[] args) throws IOException {
    String kind = args[3];
    long start = System.nanoTime();
    try (LocalStore store = LocalStore.open(Path.of(args[0]))) {
      double open = millis(start);
      ScaleProbe probe = new ScaleProbe(store, Long.parseLong(args[2]), args[1].hashCode());
      double put = kind.equals("write") ? probe.put() : Double.NaN;
      double get = probe.get();
      double has = probe.absent();
      boolean once = kind.equals("once");
      double gets = once ? Double.NaN : probe.perSecond(probe::get);
      if (!once) {
        probe.settle();
      }
      double absent = once ? Double.NaN : probe.perSecond(probe::absent);
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      System.out.printf(
          Locale.ROOT,
          "%-14s %6.1f ms %6.0f ms %6.1f ms %6.1f ms %,11.0f %,11.0f %8.1f %8s %7d%n",
          args[1],
          open,
          put,
          get,
          has,
          gets,
          absent,
          (runtime.totalMemory() - runtime.freeMemory()) / 1e6,
          peak(),
          handles());
    }
  }

  private interface Act {
    double millis() throws IOException;
  }

  private double perSecond(Act act) throws IOException {
    long start = System.nanoTime();
    long count = 0;
    while (System.nanoTime() - start < NANOS) {
      act.millis();
      count++;
    }
    return count / (millis(start) / 1e3);
  }

  private void settle() throws IOException {
    long start = System.nanoTime();
    while (System.nanoTime() - start < SETTLE_NANOS) {
      absent();
    }
  }

  private double put() throws IOException {
    long start = System.nanoTime();
    Homes.put(store, ScaleProof.block(-2L - random.nextInt(Integer.MAX_VALUE)));
    return millis(start);
  }

  private double get() throws IOException {
    Block wanted = ScaleProof.block((long) (random.nextDouble() * blocks));
    long start = System.nanoTime();
    store.get(wanted.cid());
    return millis(start);
  }

  private double absent() throws IOException {
    Block wanted = ScaleProof.block(blocks + random.nextInt(Integer.MAX_VALUE));
    long start = System.nanoTime();
    if (store.has(wanted.cid())) {
      throw new IOException("Cannot be there: " + wanted.cid() + " (never put)");
    }
    return millis(start);
  }

  private static double millis(long since) {
    return (System.nanoTime() - since) / 1e6;
  }

  /** The most memory that this process held, of all kinds. */
  private static String peak() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      String line = lines.filter(one -> one.startsWith("VmHWM:")).findFirst().orElse("VmHWM: 0 kB");
      return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1000 + " MB";
    }
  }

  private static long handles() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }
}
