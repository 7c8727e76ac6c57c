/**
 * Tiers of stores (storage.md, 7): which are used and why, reading through them, and delivering to
 * a node. The local store knows nothing of it.
 */
@NullMarked
package dev.cairn.io.store.tier;

import org.jspecify.annotations.NullMarked;
