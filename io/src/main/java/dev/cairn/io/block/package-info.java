/**
 * Blocks, the small interface over whatever stores them, and the links between them.
 *
 * <p>Knows nothing of files, folders or disks: {@code unixfs}, {@code car} and {@code store} build
 * on it.
 */
@NullMarked
package dev.cairn.io.block;

import org.jspecify.annotations.NullMarked;
