/**
 * A dataset as a value: its manifest, shards, commits, addresses of records, dead letters, and the
 * rules that make equal inputs equal datasets.
 *
 * <p>{@link dev.cairn.io.dataset.Manifest} and {@link dev.cairn.io.dataset.Commit} are the doors.
 * Knows no file format and no engine.
 */
@NullMarked
package dev.cairn.io.dataset;

import org.jspecify.annotations.NullMarked;
