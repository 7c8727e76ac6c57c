/**
 * The local store's speeds beside bare baselines and {@code ipfs}, in one run and in turns, because
 * absolute speeds say little on shared machines.
 */
@NullMarked
package dev.cairn.io.bench;

import org.jspecify.annotations.NullMarked;
