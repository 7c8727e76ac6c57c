/**
 * Search over a dataset: by vectors in DuckDB, straight from its Parquet files, by words in Lucene,
 * and by both.
 */
@NullMarked
package dev.cairn.pipelines.search;

import org.jspecify.annotations.NullMarked;
