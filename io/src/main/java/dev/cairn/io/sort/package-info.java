/** Sorting of more than memory holds. */
@NullMarked
package dev.cairn.io.sort;

import org.jspecify.annotations.NullMarked;
