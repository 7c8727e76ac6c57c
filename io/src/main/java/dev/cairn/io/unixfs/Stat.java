package dev.cairn.io.unixfs;

import dev.cairn.io.cid.Cid;
import org.jspecify.annotations.Nullable;

/**
 * What a node is.
 *
 * @param size bytes of a file as its root declares them, or of a link's target; 0 for a folder
 * @param target where a link points, as it is stored; null for anything else
 */
public record Stat(Cid cid, NodeKind kind, long size, @Nullable String target) {}
