package dev.cairn.io.unixfs;

/**
 * What {@link FolderGet} wrote.
 *
 * @param bytes content of all regular files
 * @param files regular files
 * @param symlinks symbolic links
 */
public record Got(long bytes, long files, long symlinks) {}
