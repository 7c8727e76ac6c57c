/**
 * Tables as files: rows to Parquet and back, the same bytes for the same rows.
 *
 * <p>{@link dev.cairn.io.format.ParquetTableWriter} and {@link
 * dev.cairn.io.format.ParquetTableReader} are the doors. Knows nothing of stores and datasets.
 */
@NullMarked
package dev.cairn.io.format;

import org.jspecify.annotations.NullMarked;
