/**
 * Datasets as values: manifest, shards, commits, and the addresses and dead letters they are made
 * from.
 *
 * <p>{@link dev.cairn.io.dataset.Manifest} is the door. Nothing here knows Parquet or Beam.
 */
@NullMarked
package dev.cairn.io.dataset;

import org.jspecify.annotations.NullMarked;
