package dev.cairn.io.store;

/**
 * What {@link Gc} did, or would do.
 *
 * @param keptBlocks blocks that stay, copies counted
 * @param removedBlocks blocks that went
 * @param freedBytes bytes by which the files became fewer
 * @param waitingBytes bytes of packs that go once the writers of today have ended
 */
public record GcReport(long keptBlocks, long removedBlocks, long freedBytes, long waitingBytes) {}
