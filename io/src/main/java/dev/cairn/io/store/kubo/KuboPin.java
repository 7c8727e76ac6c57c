package dev.cairn.io.store.kubo;

import dev.cairn.io.cid.Cid;

/**
 * A recursive pin on a node.
 *
 * @param root the root of what is held
 * @param name its label; empty if it has none
 */
public record KuboPin(Cid root, String name) {}
