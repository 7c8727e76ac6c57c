package dev.cairn.io.store.kubo;

import dev.cairn.io.cid.Cid;

/**
 * A file or folder in a node's mutable file system.
 *
 * @param name its last name; empty for the root
 * @param cid its present root
 * @param folder true for a folder
 * @param size bytes of a file; 0 for a folder
 */
public record MfsEntry(String name, Cid cid, boolean folder, long size) {}
