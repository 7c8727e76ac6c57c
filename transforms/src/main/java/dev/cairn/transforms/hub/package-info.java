/**
 * Repositories of the Hugging Face hub: what a record of the hub's API, of a dump of it or a card
 * says, and the text that is worth embedding.
 */
@NullMarked
package dev.cairn.transforms.hub;

import org.jspecify.annotations.NullMarked;
