package dev.cairn.io.bench;

import org.jspecify.annotations.Nullable;

/**
 * What {@link StoreBenchmark} measured. Speeds are from medians over the rounds, in megabytes
 * (10^6) or files a second; ratios are medians of each round's ratio, which the load of a shared
 * machine disturbs less.
 *
 * @param hash SHA-256 of the large file's bytes on one core, in memory
 * @param durableCopy copy of the large file, with file and folder forced
 * @param plainCopy copy of the large file, left to the page cache
 * @param addRatio add by what the durable copy and hashing, one after the other, allow
 * @param getRatio get by what the plain copy and hashing, one after the other, allow
 * @param catRatio cat by hashing
 * @param verifyRatio verify by hashing
 * @param ipfs what {@code ipfs} did with the same files; null where it was not asked
 */
public record StoreFigures(
    double add,
    double get,
    double cat,
    double verify,
    double hash,
    double durableCopy,
    double plainCopy,
    double smallAdd,
    double smallGet,
    double addRatio,
    double getRatio,
    double catRatio,
    double verifyRatio,
    @Nullable Ipfs ipfs) {

  /**
   * The same work by {@code ipfs} in a repo of its own, offline; the start of its process counts.
   *
   * @param smallAddRatio the store's speed with small files by that of {@code ipfs add}
   * @param smallGetRatio the store's speed with small files by that of {@code ipfs get}
   */
  public record Ipfs(
      double add,
      double get,
      double smallAdd,
      double smallGet,
      double smallAddRatio,
      double smallGetRatio) {}
}
