package dev.cairn.io.store.kubo;

/**
 * The room that a node takes.
 *
 * @param bytes bytes of its repository
 * @param limit bytes from which on it collects garbage, if it does at all
 */
public record RepoStat(long bytes, long limit) {}
