package dev.cairn.pipelines.search;

/**
 * A chunk by one kind of rank.
 *
 * @param key what is ranked: the document's id, or the chunk's place
 * @param place of the chunk, the best one of a document
 */
record Found(Object key, Place place, double score) {}
