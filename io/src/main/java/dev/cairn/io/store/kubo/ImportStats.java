package dev.cairn.io.store.kubo;

/**
 * What a node says that it took from an archive.
 *
 * @param blocks sections, a repeated block as often as it stood there
 * @param bytes bytes of their data
 */
public record ImportStats(long blocks, long bytes) {}
