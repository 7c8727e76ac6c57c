package dev.cairn.io.store;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.CorruptBlockException;
import dev.cairn.io.block.DagWalk;
import dev.cairn.io.block.IntegrityException;
import dev.cairn.io.block.MissingBlockException;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.cid.Multihash;
import dev.cairn.io.dataset.Commit;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What must stay: all that persistent pins, the outbox, refs with their history, and young actions
 * name. Its memory is that of {@link dev.cairn.io.block.CidSet} for every block that stays. Not
 * thread-safe.
 */
final class Mark {
  private static final Logger LOG = LoggerFactory.getLogger(Mark.class);

  /** How long an action keeps what it names (storage.md, 3). */
  private static final Duration ACTION_AGE = Duration.ofDays(14);

  private final LocalStore store;
  private final Home home;

  /** What is needed: whatever is missing or damaged in it ends gc. */
  private final DagWalk needed;

  /** What only actions name, and what is missing there is a miss and no more. */
  private final DagWalk cached;

  private final List<CorruptBlockException> corrupt = new ArrayList<>();
  private final Set<String> staleActions = new HashSet<>();
  private final Set<Cid> stalePins = new HashSet<>();

  Mark(LocalStore store, Home home) {
    this.store = store;
    this.home = home;
    this.needed = DagWalk.skippingLeaves(store);
    this.cached = needed.beside();
  }

  /** Where DAGs that are needed begin. */
  interface Roots {
    /** A DAG that must be whole. */
    void dag(Cid root) throws IOException;

    /** A block that must be there, whatever is below it. */
    void block(Cid cid) throws IOException;
  }

  /**
   * Marks from every root there is now, besides what was marked before: a root that went meanwhile
   * still counts.
   *
   * @throws IntegrityException if a root cannot be read, or what it needs is missing or damaged
   */
  void run() throws IOException {
    corrupt.clear();
    stalePins.clear();
    try {
      roots(
          new Roots() {
            @Override
            public void dag(Cid root) throws IOException {
              need(root);
            }

            @Override
            public void block(Cid cid) {
              needed.visited().add(cid);
            }
          });
    } catch (CorruptBlockException e) {
      corrupt.add(e);
    }
    if (!corrupt.isEmpty()) {
      throw corrupt.get(0);
    }
    actions();
  }

  /** What the last {@link #run} found and failed for. */
  List<CorruptBlockException> corrupt() {
    return corrupt;
  }

  /** Tells all roots of what is needed. */
  void roots(Roots roots) throws IOException {
    for (Pin pin : store.pins().list()) {
      if (pin.kind() == Pin.Kind.PERSISTENT) {
        roots.dag(pin.cid());
      } else {
        stalePins.add(pin.cid());
      }
    }
    for (OutboxEntry entry : store.outbox().list()) {
      roots.dag(entry.root());
    }
    for (String name : store.refs().list()) {
      Set<Cid> seen = new HashSet<>();
      List<Ref> history = store.refs().history(name);
      for (int i = 0; i < history.size(); i++) {
        commits(history.get(i).commit(), i == 0, seen, roots);
      }
    }
  }

  /** A CID of this multihash that must stay; null if none does. */
  @Nullable Cid find(Multihash multihash) {
    Cid found = needed.visited().find(multihash);
    return found == null ? cached.visited().find(multihash) : found;
  }

  /** True if the block is needed, and not only named by actions. */
  boolean isNeeded(Cid cid) {
    return needed.visited().contains(cid);
  }

  /** How many CIDs stay. */
  long size() {
    return needed.visited().size() + cached.visited().size();
  }

  /** Actions that are old, and name what nothing else keeps. */
  Set<String> staleActions() {
    return staleActions;
  }

  /** Cache pins of what nothing else keeps. */
  Set<Cid> stalePins() {
    return stalePins;
  }

  /**
   * A commit that a ref names must be there, and its dataset if the ref names it now. Older
   * datasets stay unless they were let go, or are gone as a whole; commits before those may never
   * have been fetched.
   */
  private void commits(Cid start, boolean isCurrent, Set<Cid> seen, Roots roots)
      throws IOException {
    Cid next = start;
    boolean current = isCurrent;
    Dropped dropped = store.dropped();
    while (next != null && (next.equals(start) || store.has(next)) && seen.add(next)) {
      Commit commit = commit(next);
      if (current || (store.has(commit.dataset()) && !dropped.contains(commit.dataset()))) {
        roots.dag(next);
      } else {
        roots.block(next);
      }
      current = false;
      next = commit.parent();
    }
  }

  private Commit commit(Cid cid) throws IOException {
    try {
      return Commit.from(store.get(cid));
    } catch (MalformedContentException e) {
      throw new IntegrityException("Cannot read commit: " + cid, cid, e);
    }
  }

  private void need(Cid root) throws IOException {
    try {
      needed.from(
          root,
          new DagWalk.Visitor() {
            @Override
            public void block(Block block) {}

            @Override
            public void corrupt(CorruptBlockException e) {
              corrupt.add(e);
            }
          });
    } catch (MalformedContentException e) {
      throw new IntegrityException("Cannot read what is below: " + root, root, e);
    }
  }

  private void actions() throws IOException {
    staleActions.clear();
    Instant old = home.machine().now().minus(ACTION_AGE);
    Actions actions = store.actions();
    List<String> stale = new ArrayList<>();
    for (String key : actions.keys()) {
      if (actions.written(key).isBefore(old)) {
        stale.add(key);
      } else {
        for (Cid object : actions.objects(key)) {
          cache(object);
        }
      }
    }
    for (String key : stale) {
      for (Cid object : actions.objects(key)) {
        if (!needed.visited().contains(object) && !cached.visited().contains(object)) {
          staleActions.add(key);
        }
      }
    }
    stalePins.removeIf(pin -> find(pin.multihash()) != null);
  }

  private void cache(Cid root) throws IOException {
    try {
      cached.from(root, TOLERANT);
    } catch (MalformedContentException e) {
      LOG.debug("Action names what cannot be read: {}", root, e);
    }
  }

  private static final DagWalk.Visitor TOLERANT =
      new DagWalk.Visitor() {
        @Override
        public void block(Block block) {}

        @Override
        public void missing(MissingBlockException e) {}

        @Override
        public void corrupt(CorruptBlockException e) {}
      };
}
