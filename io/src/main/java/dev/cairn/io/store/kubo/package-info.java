/**
 * A Kubo node as a tier, over its RPC.
 *
 * <p>{@link dev.cairn.io.store.kubo.KuboStore} reads and writes blocks, {@link
 * dev.cairn.io.store.kubo.KuboClient} does all else. Specified in the design's storage page,
 * section 5; tried on Kubo 0.42.0.
 */
@NullMarked
package dev.cairn.io.store.kubo;

import org.jspecify.annotations.NullMarked;
