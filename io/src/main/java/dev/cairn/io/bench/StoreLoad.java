package dev.cairn.io.bench;

/**
 * What {@link StoreBenchmark} works with.
 *
 * @param largeBytes bytes of the one large file, at least 1
 * @param smallFiles small files, at least 1
 * @param rounds measured rounds, at least 1
 */
public record StoreLoad(long largeBytes, int smallFiles, int rounds) {
  public StoreLoad {
    if (largeBytes < 1 || smallFiles < 1 || rounds < 1) {
      throw new IllegalArgumentException(
          "Cannot run benchmark: "
              + largeBytes
              + " bytes, "
              + smallFiles
              + " files, "
              + rounds
              + " rounds (at least one of each)");
    }
  }
}
