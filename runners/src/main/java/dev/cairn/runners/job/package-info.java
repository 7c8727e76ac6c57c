/**
 * Jobs: commands in a row that a YAML file names, run one at a time, by hand, by a system's
 * scheduler or by the one in here.
 */
@NullMarked
package dev.cairn.runners.job;

import org.jspecify.annotations.NullMarked;
