package dev.cairn.models.bench;

import java.io.IOException;
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
    pass.run();
    seconds.add((System.nanoTime() - start) / NANOS_PER_SECOND);
  }

  double medianSeconds() {
    List<Double> sorted = seconds.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
