package dev.cairn.io.store.tier;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.block.CidSet;
import dev.cairn.io.block.CorruptBlockException;
import dev.cairn.io.block.DagWalk;
import dev.cairn.io.block.MissingBlockException;
import dev.cairn.io.car.CarReader;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.Pin;
import dev.cairn.io.store.http.RefusedException;
import dev.cairn.io.store.http.UnavailableException;
import dev.cairn.io.store.kubo.KuboClient;
import dev.cairn.io.store.kubo.KuboPin;
import dev.cairn.io.store.kubo.KuboStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads back what a node holds of the local store's pins, and hashes it: a node does not hash what
 * it reads, and keeps a bad copy over a good one that is imported (storage.md, 5). What is bad or
 * missing there is put again from here.
 */
final class NodeAudit {
  private static final Logger LOG = LoggerFactory.getLogger(NodeAudit.class);

  private final LocalStore local;
  private final KuboStore node;
  private final KuboClient client;
  private long blocks;

  NodeAudit(LocalStore local, KuboStore node) {
    this.local = local;
    this.node = node;
    this.client = node.client();
  }

  /** Audits every persistent pin that the node has too, and heals. */
  Delivery.Proof run() throws IOException {
    Map<Cid, String> held = new LinkedHashMap<>();
    CidSet good = new CidSet();
    List<Cid> bad = new ArrayList<>();
    for (Pin pin : local.pins().list()) {
      Optional<KuboPin> there =
          pin.kind() == Pin.Kind.PERSISTENT ? client.pins().find(pin.cid()) : Optional.empty();
      if (there.isPresent()) {
        held.put(pin.cid(), there.get().name());
        audit(pin.cid(), good, bad);
      }
    }
    if (!bad.isEmpty()) {
      heal(held, bad);
    }
    return new Delivery.Proof(held.size(), blocks, bad);
  }

  /** Notes all blocks below a root that the node does not give whole. */
  private void audit(Cid root, CidSet good, List<Cid> bad) throws IOException {
    readBack(root, good);
    DagWalk.skippingLeaves(local)
        .from(
            root,
            new DagWalk.Visitor() {
              @Override
              public void block(Block block) throws IOException {
                leaf(block.cid());
              }

              @Override
              public void leaf(Cid cid) throws IOException {
                if (!good.contains(cid) && !isGood(cid)) {
                  bad.add(cid);
                }
                if (good.add(cid)) {
                  blocks++;
                }
              }
            });
  }

  /**
   * Takes what a stream of the whole DAG holds; where it is bad or ends early, single reads tell.
   */
  private void readBack(Cid root, CidSet good) throws IOException {
    try (CarReader car = CarReader.open(client.dagExport(root), node.toString())) {
      boolean more = true;
      while (more) {
        more = readNext(car, good);
      }
    } catch (MissingBlockException | UnavailableException | RefusedException e) {
      // Refused too: in archives, and only there, a node hashes what it sends.
      LOG.debug("The node's archive ends early: {}", root, e);
    }
  }

  private boolean readNext(CarReader car, CidSet good) throws IOException {
    try {
      Block block = car.next();
      if (block != null && good.add(block.cid())) {
        blocks++;
      }
      return block != null;
    } catch (CorruptBlockException e) {
      LOG.warn("A block on the node is bad: {}", e.getMessage());
      return true;
    }
  }

  private boolean isGood(Cid cid) throws IOException {
    try {
      var unused = node.get(cid);
      return true;
    } catch (MissingBlockException | CorruptBlockException e) {
      LOG.warn("To be healed: {}", e.getMessage());
      return false;
    }
  }

  /**
   * A node gives up no block that is pinned, so the pins go first; that they must come back is in
   * the outbox, should this process end on the way.
   */
  private void heal(Map<Cid, String> held, List<Cid> bad) throws IOException {
    for (Map.Entry<Cid, String> pin : held.entrySet()) {
      local.outbox().add(pin.getKey(), "", pin.getValue());
    }
    for (Cid root : held.keySet()) {
      client.pins().remove(root);
    }
    for (Cid cid : bad) {
      client.blockRemove(cid);
    }
    try (BlockWriter writer = node.newWriter()) {
      for (Cid cid : bad) {
        writer.put(local.get(cid));
      }
      writer.seal();
    }
    for (Map.Entry<Cid, String> pin : held.entrySet()) {
      client.pins().add(pin.getKey(), pin.getValue());
    }
    for (Cid cid : bad) {
      var unused = node.get(cid);
    }
    for (Cid root : held.keySet()) {
      local.outbox().remove(root);
    }
  }
}
