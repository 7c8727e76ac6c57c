package dev.cairn.io.store.tier;

import dev.cairn.io.store.LocalStore;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which tiers a run uses and why: resolved once, at launch, and carried with the job, so that every
 * worker does the same. It holds no secret: credentials are read where they are used.
 *
 * @param home the local store's folder
 * @param mode which tiers are written and what happens without the node
 * @param reason why, for people
 * @param node the node, or null if there is none
 * @param gateways trustless gateways, which are only read
 */
public record StorePolicy(
    String home, Mode mode, String reason, @Nullable KuboNode node, List<String> gateways)
    implements Serializable {

  /** What is written, and what happens if it cannot be. */
  public enum Mode {
    /** The local store alone is written. */
    LOCAL,
    /** The local store and then the node; what the node does not take waits in the outbox. */
    TIERED,
    /** As above, but nothing counts as done before the node has it. */
    KUBO;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public StorePolicy {
    gateways = List.copyOf(gateways);
    if ((node == null) != (mode == Mode.LOCAL)) {
      throw new IllegalArgumentException("Cannot use mode " + mode + ": node " + node);
    }
  }

  /** The local store alone. */
  public static StorePolicy local(Path home, String reason) {
    return local(home, reason, List.of());
  }

  /** The local store, and gateways for what is not in it. */
  static StorePolicy local(Path home, String reason, List<String> gateways) {
    String folder = home.toAbsolutePath().toString();
    return new StorePolicy(folder, Mode.LOCAL, reason, null, gateways);
  }

  /** The same tiers with another local store: that of a worker on a machine of its own. */
  public StorePolicy at(Path otherHome) {
    return new StorePolicy(otherHome.toAbsolutePath().toString(), mode, reason, node, gateways);
  }

  /** Opens the tiers, remote ones when they are first needed; whoever opens them closes them. */
  public TieredStore open() throws IOException {
    return new TieredStore(LocalStore.open(Path.of(home)), () -> this);
  }
}
