package dev.cairn.io.store;

import dev.cairn.io.cid.Cid;

/**
 * A DAG that is kept.
 *
 * @param cid its root
 * @param kind for how long
 * @param why what made it, in a few words for people
 */
public record Pin(Cid cid, Kind kind, String why) {
  /** How long a pin holds. */
  public enum Kind {
    /** Until it is removed. */
    PERSISTENT,
    /** As long as there is room. */
    CACHE
  }
}
