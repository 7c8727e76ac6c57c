package dev.cairn.io.unixfs;

import dev.cairn.io.cid.Cid;

/**
 * A file, folder or link that was written.
 *
 * @param cid its root
 * @param size bytes of a file or of a link's target; 0 for a folder
 * @param tsize bytes of all its blocks, each counted as often as it is linked; what a folder's link
 *     to it declares
 */
public record Written(Cid cid, long size, long tsize) {}
