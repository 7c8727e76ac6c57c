/**
 * Embedding: shards of a plan to files of a dataset, and plain texts to vectors.
 *
 * <p>{@link dev.cairn.transforms.embed.EmbedShard} is the work of a run; {@link
 * dev.cairn.transforms.embed.EmbedText} serves anyone's pipeline.
 */
@NullMarked
package dev.cairn.transforms.embed;

import org.jspecify.annotations.NullMarked;
