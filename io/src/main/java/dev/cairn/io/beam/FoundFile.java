package dev.cairn.io.beam;

import dev.cairn.io.cid.Cid;

/**
 * A file that a pattern named.
 *
 * @param path from the root, with {@code /} between steps; empty for the root itself
 * @param bytes its size, verified by its root block
 */
record FoundFile(String path, Cid cid, long bytes) {}
