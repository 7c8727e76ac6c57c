package dev.cairn.io.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How many seconds each act took, a time a round. Not thread-safe. */
final class Laps {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Map<Act, List<Double>> seconds = new EnumMap<>(Act.class);

  /** What is timed. */
  enum Act {
    HASH,
    DURABLE_COPY,
    PLAIN_COPY,
    ADD,
    GET,
    CAT,
    VERIFY,
    SMALL_ADD,
    SMALL_GET,
    IPFS_ADD,
    IPFS_GET,
    IPFS_SMALL_ADD,
    IPFS_SMALL_GET
  }

  /** Something to time. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  <T> T time(Act act, Work<T> work) throws IOException {
    long start = System.nanoTime();
    T result = work.run();
    add(act, System.nanoTime() - start);
    return result;
  }

  void add(Act act, long nanos) {
    seconds.computeIfAbsent(act, a -> new ArrayList<>()).add(nanos / NANOS_PER_SECOND);
  }

  /** The median of {@code amount} a second. */
  double speed(Act act, double amount) {
    return amount / median(of(act));
  }

  /** The median over the rounds of the seconds of {@code baseline} together by those of an act. */
  double ratio(Act act, Act... baseline) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < of(act).size(); round++) {
      double together = 0;
      for (Act each : baseline) {
        together += of(each).get(round);
      }
      ratios.add(together / of(act).get(round));
    }
    return median(ratios);
  }

  private List<Double> of(Act act) {
    return seconds.getOrDefault(act, List.of());
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
