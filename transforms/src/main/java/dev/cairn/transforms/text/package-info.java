/**
 * Text and its spans: chunks of at most so many tokens that lose no character.
 *
 * <p>{@link dev.cairn.transforms.text.ChunkText} is the door for pipelines, {@link
 * dev.cairn.transforms.text.Chunker} for anything else.
 */
@NullMarked
package dev.cairn.transforms.text;

import org.jspecify.annotations.NullMarked;
