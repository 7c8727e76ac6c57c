package dev.cairn.io.store;

/**
 * When a pack is full and the next is begun.
 *
 * @param dataBytes bytes of payload: what one file takes to copy, check or rewrite
 * @param blocks what the index in memory takes, some 50 bytes each
 */
record PackLimits(long dataBytes, int blocks) {
  /** 1 GiB and a million blocks (storage.md, section 2). */
  static final PackLimits STANDARD = new PackLimits(1L << 30, 1_000_000);
}
