/**
 * The local store: sealed packs of blocks, an index over them, refs, pins and actions below one
 * home folder.
 *
 * <p>{@link dev.cairn.io.store.LocalStore} is the door. Every file operation goes through {@link
 * dev.cairn.io.store.Disk}. Specified in the design's storage page, sections 2 to 4.
 */
@NullMarked
package dev.cairn.io.store;

import org.jspecify.annotations.NullMarked;
