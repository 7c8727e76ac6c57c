package dev.cairn.io.store.tier;

import dev.cairn.io.cid.Cid;
import java.util.Locale;

/**
 * What became of a root that was written: it is in the local store, and at the node as this says.
 *
 * @param node what became of it at the node
 * @param reason why, for people; empty where there is nothing to say
 */
public record Receipt(Cid root, State node, String reason) {

  /** What became of a root at the node. */
  public enum State {
    /** No node is written to. */
    LOCAL,
    /** The node was proven to hold all of it. */
    DELIVERED,
    /** The node could not take it now: it waits in the outbox. */
    QUEUED,
    /** The node will not take it: it waits in the outbox for somebody to look. */
    REFUSED;

    /** True if the node should have it and has not. */
    public boolean isPending() {
      return this == QUEUED || this == REFUSED;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** True if the node should have it and has not. */
  public boolean isPending() {
    return node.isPending();
  }
}
