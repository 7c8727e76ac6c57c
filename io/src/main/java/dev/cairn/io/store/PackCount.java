package dev.cairn.io.store;

/**
 * What of a pack must stay.
 *
 * @param pack its name
 * @param fileBytes bytes of the file
 * @param liveBlocks blocks that must stay
 * @param liveBytes bytes of their sections
 * @param deadBlocks blocks that nothing needs
 * @param damaged whether header or index are damaged; then the counts are of what can be found
 */
record PackCount(
    String pack,
    long fileBytes,
    long liveBlocks,
    long liveBytes,
    long deadBlocks,
    boolean damaged) {
  /** The same, of a pack in which something was found damaged that its index does not show. */
  PackCount asDamaged() {
    return new PackCount(pack, fileBytes, liveBlocks, liveBytes, deadBlocks, true);
  }

  /** True if none of it must stay. */
  boolean isDead() {
    return liveBlocks == 0 && !damaged;
  }
}
