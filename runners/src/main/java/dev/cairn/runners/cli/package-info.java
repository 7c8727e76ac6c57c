/**
 * The {@code cairn} command line: one class a command, no data logic.
 *
 * <p>{@link dev.cairn.runners.cli.Cairn} is the door.
 */
@NullMarked
package dev.cairn.runners.cli;

import org.jspecify.annotations.NullMarked;
