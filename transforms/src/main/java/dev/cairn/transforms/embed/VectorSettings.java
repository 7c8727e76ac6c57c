package dev.cairn.transforms.embed;

import java.io.Serializable;

/**
 * What is embedded beside a chunk's text, and how its vector is kept.
 *
 * @param titleContext true if a chunk is embedded behind its document's title
 * @param type of the vectors in the dataset
 */
public record VectorSettings(boolean titleContext, VectorType type) implements Serializable {}
