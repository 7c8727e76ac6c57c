/**
 * Chunks as segments of a Lucene index: their words and, in graphs, their vectors. A segment is a
 * value like all else: the same chunks give the same bytes.
 */
@NullMarked
package dev.cairn.transforms.index;

import org.jspecify.annotations.NullMarked;
