package dev.cairn.io.block;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Visits every block of one or more DAGs once, depth first in link order: the order of {@code ipfs
 * dag export}.
 *
 * <p>"Once" is by CID with its codec: a dag-pb block that was also added as a raw file has one
 * multihash, and by that alone its children would be lost (storage.md, 1). What was visited is kept
 * from root to root, see {@link CidSet} for its memory. Not thread-safe.
 */
public final class DagWalk {
  /**
   * Links that wait for their turn at most, about 100 MB. Real DAGs hold depth times links a node,
   * some thousands.
   */
  public static final int MAX_PENDING = 1 << 20;

  private final BlockStore store;
  private final boolean readLeaves;
  private final CidSet visited = new CidSet();
  private final CidSet done;

  private DagWalk(BlockStore store, boolean readLeaves, CidSet done) {
    this.store = store;
    this.readLeaves = readLeaves;
    this.done = done;
  }

  /** A walk that reads, and so verifies, every block. */
  public static DagWalk reading(BlockStore store) {
    return new DagWalk(store, true, new CidSet());
  }

  /** A walk that only asks for the presence of blocks whose codec has no links. */
  public static DagWalk skippingLeaves(BlockStore store) {
    return new DagWalk(store, false, new CidSet());
  }

  /** As this walk, but turns back where this one has been or will have been. */
  public DagWalk beside() {
    return new DagWalk(store, readLeaves, visited);
  }

  /** What is told of each block. Exceptions of a visitor end the walk. */
  public interface Visitor {
    /** A block was read. */
    void block(Block block) throws IOException;

    /** A leaf is present; only in a walk that does not read leaves. */
    default void leaf(Cid cid) throws IOException {}

    /** A block is in no tier. Throws, unless overridden: then the walk goes on with the next. */
    default void missing(MissingBlockException e) throws IOException {
      throw e;
    }

    /** A block is corrupt. Throws, unless overridden: then the walk goes on with the next. */
    default void corrupt(CorruptBlockException e) throws IOException {
      throw e;
    }
  }

  /**
   * Visits what is below {@code root}, itself first, and was not visited before.
   *
   * @throws MalformedContentException if a block is not what its codec says, or more than {@link
   *     #MAX_PENDING} links wait
   * @throws IOException if storage cannot be read, or from the visitor
   */
  public void from(Cid root, Visitor visitor) throws IOException {
    Deque<Cid> pending = new ArrayDeque<>();
    pending.push(root);
    while (!pending.isEmpty()) {
      Cid cid = pending.pop();
      if (!done.contains(cid) && visited.add(cid)) {
        push(pending, visit(cid, visitor));
      }
    }
  }

  /** The CIDs that were visited so far, present or not. */
  public CidSet visited() {
    return visited;
  }

  private List<Cid> visit(Cid cid, Visitor visitor) throws IOException {
    Block block;
    try {
      block = readLeaves || Links.mayLink(cid.codec()) ? store.get(cid) : null;
      if (block == null && !store.has(cid)) {
        throw new MissingBlockException(cid, "store");
      }
    } catch (MissingBlockException e) {
      visitor.missing(e);
      return List.of();
    } catch (CorruptBlockException e) {
      visitor.corrupt(e);
      return List.of();
    }
    if (block == null) {
      visitor.leaf(cid);
      return List.of();
    }
    visitor.block(block);
    return Links.of(block);
  }

  private void push(Deque<Cid> pending, List<Cid> links) throws MalformedContentException {
    if (links.size() > MAX_PENDING - pending.size()) {
      throw new MalformedContentException(
          "Cannot walk DAG: " + pending.size() + " links wait (at most " + MAX_PENDING + ")");
    }
    for (int i = links.size() - 1; i >= 0; i--) {
      if (!visited.contains(links.get(i))) {
        pending.push(links.get(i));
      }
    }
  }
}
