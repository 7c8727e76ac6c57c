package dev.cairn.io.store.tier;

import dev.cairn.io.block.MissingBlockException;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.Outbox;
import dev.cairn.io.store.OutboxEntry;
import dev.cairn.io.store.http.RefusedException;
import dev.cairn.io.store.http.UnavailableException;
import dev.cairn.io.store.kubo.DagStat;
import dev.cairn.io.store.kubo.KuboPin;
import dev.cairn.io.store.kubo.KuboPins;
import dev.cairn.io.store.kubo.KuboStore;
import dev.cairn.io.store.tier.Receipt.State;
import dev.cairn.io.store.tier.StorePolicy.Mode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings roots from the local store to the node and proves that they are there (storage.md, 7): a
 * recursive pin, and as many blocks and bytes below it as here. What was queued is remembered in
 * the outbox until then. Every step can be repeated, and two may deliver one root at once.
 */
public final class Delivery {
  /** What pins of Cairn's are called on a node. */
  static final String PIN_PREFIX = "cairn:";

  /** How long a name holds: a nightly run renews it long before. */
  private static final Duration NAME_LIFETIME = Duration.ofDays(30);

  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  private final TieredStore tiers;

  /** From the local store of {@code tiers} to its node. */
  public Delivery(TieredStore tiers) {
    this.tiers = tiers;
  }

  /**
   * Queues a root, durably, if it is to be delivered: before anything names it that outlives this
   * process.
   *
   * @param name what it is, for the pin on the node
   */
  public void queue(Cid root, String name) throws IOException {
    if (tiers.policy().mode() == Mode.TIERED) {
      tiers.local().outbox().add(root, "", PIN_PREFIX + name);
    }
  }

  /**
   * Delivers a root that is whole in the local store, queued before or not.
   *
   * @param name what it is, for the pin on the node
   * @throws UnavailableException if the policy is strict and the node does not answer
   * @throws StorageException if the policy is strict and the node refuses
   */
  public Receipt deliver(Cid root, String name) throws IOException {
    return switch (tiers.policy().mode()) {
      case LOCAL -> new Receipt(root, State.LOCAL, "");
      case KUBO -> {
        send(root, PIN_PREFIX + name);
        tiers.local().outbox().remove(root);
        yield new Receipt(root, State.DELIVERED, "");
      }
      case TIERED -> deliver(tiers.local().outbox().add(root, "", PIN_PREFIX + name));
    };
  }

  /**
   * Delivers a root unless the node was proven to have it: one that does not wait and is pinned.
   *
   * @param name what it is, for the pin on the node
   */
  public Receipt deliverIfMissing(Cid root, String name) throws IOException {
    if (tiers.policy().mode() != Mode.LOCAL && tiers.local().outbox().get(root) == null) {
      try {
        if (tiers.node().client().pins().find(root).isPresent()) {
          return new Receipt(root, State.DELIVERED, "");
        }
      } catch (UnavailableException e) {
        return deliver(root, name);
      }
    }
    return deliver(root, name);
  }

  /**
   * Takes back what was delivered: the node's pin goes, if it is one of ours, and its next
   * collection removes what nothing else holds there.
   *
   * @throws UnavailableException if there is a node and it does not answer
   */
  public void withdraw(Cid root) throws IOException {
    if (tiers.policy().mode() != Mode.LOCAL) {
      KuboPins pins = tiers.node().client().pins();
      Optional<KuboPin> pin = pins.find(root);
      if (pin.isPresent() && pin.get().name().startsWith(PIN_PREFIX)) {
        pins.remove(root);
      }
    }
  }

  /**
   * Removes blocks from the node, but for those that a pin of anybody's still holds there.
   *
   * @return how many were removed
   * @throws UnavailableException if there is a node and it does not answer
   */
  public long remove(Collection<Cid> blocks) throws IOException {
    long removed = 0;
    if (tiers.policy().mode() != Mode.LOCAL) {
      for (Cid block : blocks) {
        try {
          removed += tiers.node().client().blockRemove(block) ? 1 : 0;
        } catch (RefusedException e) {
          LOG.debug("It is pinned there", e);
        }
      }
    }
    return removed;
  }

  /** Tries all that waits, the oldest first, whatever was said of it before. */
  public List<Receipt> sync() throws IOException {
    List<Receipt> receipts = new ArrayList<>();
    for (OutboxEntry entry : tiers.local().outbox().list()) {
      receipts.add(deliver(entry));
    }
    return receipts;
  }

  /** True if there is a node to deliver to. */
  public boolean hasNode() throws IOException {
    return tiers.policy().mode() != Mode.LOCAL;
  }

  /**
   * What the node was found to hold.
   *
   * @param roots pins of the local store that the node has too
   * @param blocks all below them, each hashed
   * @param healed blocks that were bad or missing there, and were put again
   */
  public record Proof(int roots, long blocks, List<Cid> healed) {
    public Proof {
      healed = List.copyOf(healed);
    }
  }

  /**
   * Reads back from the node all that the local store's pins hold and the node has pinned too,
   * hashes it, and heals what is bad or missing there.
   *
   * @throws UnavailableException if the node does not answer
   */
  public Proof verify() throws IOException {
    return new NodeAudit(tiers.local(), tiers.node()).run();
  }

  /**
   * Delivers a root that is whole in the local store, or is at the node already, and points an IPNS
   * name at it.
   *
   * @param key the node's key
   * @return the name
   * @throws MissingBlockException if it is whole neither here nor there
   */
  public String publish(Cid root, String key) throws IOException {
    tiers.bring(root);
    send(root, PIN_PREFIX + "publish/" + key);
    return tiers.node().client().names().publish(root, key, NAME_LIFETIME);
  }

  private Receipt deliver(OutboxEntry entry) throws IOException {
    Outbox outbox = tiers.local().outbox();
    try {
      send(entry.root(), entry.pin());
      outbox.remove(entry.root());
      return new Receipt(entry.root(), State.DELIVERED, "");
    } catch (UnavailableException e) {
      return new Receipt(entry.root(), State.QUEUED, String.valueOf(e.getMessage()));
    } catch (RefusedException e) {
      String reason = String.valueOf(e.getMessage());
      outbox.put(entry.refused(reason));
      return new Receipt(entry.root(), State.REFUSED, reason);
    }
  }

  private void send(Cid root, String pin) throws IOException {
    LocalStore local = tiers.local();
    KuboStore node = tiers.node();
    DagStat ours = Shipment.sendMissing(local, node, root);
    if (!isWhole(root, pin, ours)) {
      // Something that seemed to be there was not whole.
      Shipment.sendAll(local, node, root);
      if (!isWhole(root, pin, ours)) {
        throw new UnavailableException(
            "Cannot deliver: " + root + " to " + node + " (it has not all of it)", null);
      }
    }
  }

  /** Pins, which makes the node look for every block, and compares. */
  private boolean isWhole(Cid root, String pin, DagStat ours) throws IOException {
    try {
      pin(root, pin);
      return tiers.node().client().dagStat(root).equals(ours);
    } catch (MissingBlockException e) {
      return false;
    }
  }

  /**
   * Pins beside another version of the same name, where there is one: that costs the difference.
   */
  private void pin(Cid root, String name) throws IOException {
    KuboPins pins = tiers.node().client().pins();
    Optional<KuboPin> present = pins.find(root);
    if (present.isPresent()) {
      return;
    }
    for (KuboPin other : pins.list(name)) {
      if (other.name().equals(name)) {
        pins.update(other.root(), root, false);
        return;
      }
    }
    pins.add(root, name);
  }
}
