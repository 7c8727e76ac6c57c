/**
 * Anyone's tables: JSON lines, CSV, Parquet or Arrow, with the columns that the user names as id,
 * text, title and metadata.
 */
@NullMarked
package dev.cairn.transforms.table;

import org.jspecify.annotations.NullMarked;
