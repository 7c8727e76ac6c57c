/**
 * What a table is before any file format: columns, their types, rows and the digest of a row.
 *
 * <p>{@link dev.cairn.io.table.TableSchema} is the door. Knows no Parquet and no Arrow, so that
 * {@code dataset} may speak of rows.
 */
@NullMarked
package dev.cairn.io.table;

import org.jspecify.annotations.NullMarked;
