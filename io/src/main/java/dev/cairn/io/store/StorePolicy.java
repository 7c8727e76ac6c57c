package dev.cairn.io.store;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;

/**
 * Which tiers a run uses and why: resolved once, at launch, and carried with the job, so that every
 * worker does the same. Today there is one tier, the local store.
 *
 * @param home the local store's folder
 * @param mode the tiers: {@code local}
 * @param reason why, for people
 */
public record StorePolicy(String home, String mode, String reason) implements Serializable {

  /** The local store alone. */
  public static StorePolicy local(Path home, String reason) {
    return new StorePolicy(home.toAbsolutePath().toString(), "local", reason);
  }

  /** Opens the store; whoever opens it closes it. */
  public LocalStore open() throws IOException {
    return LocalStore.open(Path.of(home));
  }
}
