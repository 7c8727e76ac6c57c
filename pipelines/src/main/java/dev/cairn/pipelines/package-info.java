/**
 * The pipelines, each as long as its diagram, and the acts of a run around them: plan, decide,
 * work, commit.
 *
 * <p>{@link dev.cairn.pipelines.EmbedRun} is the door. Which engine runs a pipeline is not known
 * here.
 */
@NullMarked
package dev.cairn.pipelines;

import org.jspecify.annotations.NullMarked;
