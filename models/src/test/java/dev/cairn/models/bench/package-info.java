/** Tests of the benchmark's arithmetic; speeds are not asserted. */
@NullMarked
package dev.cairn.models.bench;

import org.jspecify.annotations.NullMarked;
