/**
 * The engines that run Cairn's pipelines: Beam's Direct runner and Flink.
 *
 * <p>{@link dev.cairn.runners.engine.Engines} is the door.
 */
@NullMarked
package dev.cairn.runners.engine;

import org.jspecify.annotations.NullMarked;
