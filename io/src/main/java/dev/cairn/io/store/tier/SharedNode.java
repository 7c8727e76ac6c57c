package dev.cairn.io.store.tier;

import dev.cairn.io.block.DagWalk;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.LocalWriter;
import dev.cairn.io.store.http.DagStream;
import dev.cairn.io.store.http.UnavailableException;
import dev.cairn.io.store.kubo.KuboFiles;
import dev.cairn.io.store.kubo.KuboStore;
import dev.cairn.io.store.kubo.MfsEntry;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Optional;
import java.util.Set;

/**
 * The launcher's side of work that is shared at a node (storage.md, 7): what workers need is lent
 * to them under {@code /cairn/runs/<run>}, and what they finished is brought into the local store.
 */
public final class SharedNode {
  private static final String RUNS = "/cairn/runs/";

  private final TieredStore tiers;
  private final KuboStore node;
  private final KuboFiles files;
  private final NodeActions actions;

  private SharedNode(TieredStore tiers, KuboStore node) {
    this.tiers = tiers;
    this.node = node;
    this.files = node.client().files();
    this.actions = new NodeActions(node);
  }

  /**
   * The node of the policy.
   *
   * @throws IllegalStateException if it has none
   */
  public static SharedNode of(TieredStore tiers) throws IOException {
    return new SharedNode(tiers, tiers.node());
  }

  /**
   * Sees to it that the node has a DAG whole, from wherever it is, and holds it for a run.
   *
   * @param name what it is to the run
   */
  public void lend(String run, String name, Cid root) throws IOException {
    if (!isWhole(root)) {
      Shipment.sendMissing(tiers, node, root);
      if (!isWhole(root)) {
        Shipment.sendAll(tiers, node, root);
        if (!isWhole(root)) {
          throw new UnavailableException(
              "Cannot lend: " + root + " to workers at " + node + " (it has not all of it)", null);
        }
      }
    }
    String path = path(run, name);
    try {
      files.copy(root, path);
    } catch (FileAlreadyExistsException e) {
      if (!isLent(run, name, root)) {
        files.remove(path);
        files.copy(root, path);
      }
    }
  }

  /** True if a run was lent this under this name: only who talks to the same node finds it. */
  public boolean isLent(String run, String name, Cid root) throws IOException {
    Optional<MfsEntry> entry = files.stat(path(run, name));
    return entry.isPresent() && entry.get().cid().equals(root);
  }

  /** Takes back all that was lent to a run. */
  public void takeBack(String run) throws IOException {
    files.remove(RUNS + run);
  }

  /** The keys of all actions at the node, whole or not. */
  public Set<String> actions() throws IOException {
    return actions.keys();
  }

  /**
   * Brings an action and all that it names from the node into the local store, durably.
   *
   * @return false if the node does not have it whole
   */
  public boolean adopt(String key) throws IOException {
    Optional<NodeActions.Found> found = actions.find(key);
    if (found.isEmpty()) {
      return false;
    }
    LocalStore local = tiers.local();
    try (DagStream from = node.stream();
        LocalWriter writer = local.newWriter()) {
      DagWalk.reading(from).from(found.get().folder(), writer::put);
      writer.seal();
    }
    local.actions().put(key, found.get().value(), found.get().objects());
    return true;
  }

  /** Takes an action away from the node. */
  public void forget(String key) throws IOException {
    actions.remove(key);
  }

  private boolean isWhole(Cid root) throws IOException {
    return NodeActions.isWhole(node, root);
  }

  private static String path(String run, String name) {
    return RUNS + run + "/" + name;
  }
}
