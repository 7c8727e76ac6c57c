package dev.cairn.io.store;

import dev.cairn.io.cid.Cid;
import java.time.Instant;

/**
 * A root that a node has not been proven to hold.
 *
 * @param root what is to be delivered, as a whole
 * @param node the node's peer id, or empty if it was not known when this was queued
 * @param pin the name that it is pinned under there
 * @param since when it was first queued
 * @param refusal why the node will never take it, or empty as long as it may
 */
public record OutboxEntry(Cid root, String node, String pin, Instant since, String refusal) {

  /** The same, refused by the node for good. */
  public OutboxEntry refused(String reason) {
    return new OutboxEntry(root, node, pin, since, reason);
  }

  /** True if the node will not take it, however often it is asked. */
  public boolean isRefused() {
    return !refusal.isEmpty();
  }
}
