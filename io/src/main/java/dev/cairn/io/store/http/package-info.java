/**
 * Tiers over HTTP: what Kubo's RPC and trustless gateways have in common.
 *
 * <p>{@link dev.cairn.io.store.http.HttpTier} is the door: one endpoint with its timeouts, retries
 * and credentials, and typed errors. {@link dev.cairn.io.store.http.UnavailableException} is the
 * only one on which another tier may be asked instead.
 */
@NullMarked
package dev.cairn.io.store.http;

import org.jspecify.annotations.NullMarked;
