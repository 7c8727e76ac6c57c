/**
 * Files, folders and symbolic links as DAGs of blocks, and back (UnixFS specification).
 *
 * <p>{@link dev.cairn.io.unixfs.UnixFs} reads every profile, {@link
 * dev.cairn.io.unixfs.UnixFsWriter} writes {@code unixfs-v1-2025}; {@link
 * dev.cairn.io.unixfs.FolderAdd} and {@link dev.cairn.io.unixfs.FolderGet} do it for local paths.
 */
@NullMarked
package dev.cairn.io.unixfs;

import org.jspecify.annotations.NullMarked;
