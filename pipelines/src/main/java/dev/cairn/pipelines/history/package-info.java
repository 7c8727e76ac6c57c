/**
 * What becomes of a ref's datasets after they are made: their differences, going back to one, how
 * long they are kept.
 */
@NullMarked
package dev.cairn.pipelines.history;

import org.jspecify.annotations.NullMarked;
