package dev.cairn.io.store.kubo;

/**
 * The blocks of a whole DAG on a node.
 *
 * @param blocks how many, each counted once
 * @param bytes bytes of them
 */
public record DagStat(long blocks, long bytes) {}
