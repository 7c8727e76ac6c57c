/** What the fuzz tests of all rooms share. How to run them long: {@code io/src/test/fuzz/run}. */
@NullMarked
package dev.cairn.io.fuzz;

import org.jspecify.annotations.NullMarked;
