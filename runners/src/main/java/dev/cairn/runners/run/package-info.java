/**
 * The runs of a home: what is remembered of each below {@code runs/}, those that go on without a
 * terminal, and processes that outlive the command that started them.
 */
@NullMarked
package dev.cairn.runners.run;

import org.jspecify.annotations.NullMarked;
