package dev.cairn.models.embed;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * What is dear to open and is shared by all of a JVM that want the same, counted by its users. Safe
 * for use by several threads.
 *
 * @param <K> by what it is told apart
 * @param <V> what is shared; equal to itself alone
 */
public final class Leases<K, V> {
  private final Map<K, V> shared = new HashMap<>();
  private final Map<V, Integer> users = new HashMap<>();

  /** Opens what nobody has opened. */
  @FunctionalInterface
  public interface Opener<V> {
    V open() throws IOException;
  }

  /** What is shared under a key, opened now if there is none; to be given back. */
  public synchronized V lease(K key, Opener<? extends V> opener) throws IOException {
    V value = shared.get(key);
    if (value == null) {
      value = opener.open();
      shared.put(key, value);
    }
    users.merge(value, 1, Integer::sum);
    return value;
  }

  /** Gives it back. True if nobody else has it: it is the caller's to close. */
  public synchronized boolean giveBack(K key, V value) {
    if (users.merge(value, -1, Integer::sum) > 0) {
      return false;
    }
    users.remove(value);
    retire(key, value);
    return true;
  }

  /** Whoever comes from now on opens another one. */
  public synchronized void retire(K key, V value) {
    shared.remove(key, value);
  }
}
