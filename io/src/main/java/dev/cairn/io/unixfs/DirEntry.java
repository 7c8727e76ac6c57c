package dev.cairn.io.unixfs;

import dev.cairn.io.cid.Cid;

/**
 * An entry of a folder. The name is any text that the writer put there: check it before it becomes
 * a path ({@link FolderGet} does).
 *
 * @param tsize bytes of all its blocks as the folder declares them; not verified
 */
public record DirEntry(String name, Cid cid, long tsize) {}
