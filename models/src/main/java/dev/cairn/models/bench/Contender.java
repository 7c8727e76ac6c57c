package dev.cairn.models.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** One way from texts to vectors, with the seconds that its turns took. */
final class Contender {

  /** A whole pass over the texts: their vectors in order. */
  interface Pass {
    List<float[]> run() throws IOException;
  }

  private static final double NANOS_PER_SECOND = 1e9;

  private final String name;
  private final Pass pass;
  private final List<Double> seconds = new ArrayList<>();
  private final List<Double> cpuSeconds = new ArrayList<>();

  Contender(String name, Pass pass) {
    this.name = name;
    this.pass = pass;
  }

  String name() {
    return name;
  }

  List<float[]> run() throws IOException {
    return pass.run();
  }

  void takeTurn() throws IOException {
    long start = System.nanoTime();
    long cpuStart = processCpuNanos();
    pass.run();
    seconds.add((System.nanoTime() - start) / NANOS_PER_SECOND);
    cpuSeconds.add((processCpuNanos() - cpuStart) / NANOS_PER_SECOND);
  }

  double medianSeconds() {
    return median(seconds);
  }

  /** Processor time of the whole JVM: what a turn cost, however busy the machine was. */
  double medianCpuSeconds() {
    return median(cpuSeconds);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  private static long processCpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}
