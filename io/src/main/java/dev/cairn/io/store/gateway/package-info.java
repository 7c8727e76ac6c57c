/**
 * Trustless gateways (storage.md, 6): blocks and archives over HTTP from servers that need not be
 * trusted, because every block is hashed and a whole read is proven whole. Read only.
 */
@NullMarked
package dev.cairn.io.store.gateway;

import org.jspecify.annotations.NullMarked;
