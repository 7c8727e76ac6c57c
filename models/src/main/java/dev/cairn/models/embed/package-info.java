/**
 * Texts in, vectors out, in order: one pool of inference threads for each model in a JVM. A text's
 * vector depends on the text and the model alone, never on what else is in the queue.
 */
@NullMarked
package dev.cairn.models.embed;

import org.jspecify.annotations.NullMarked;
