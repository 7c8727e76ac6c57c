package dev.cairn.io.store;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.CorruptBlockException;
import dev.cairn.io.block.IntegrityException;
import dev.cairn.io.cid.Cid;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects what nothing needs any more (storage.md, 3), beside writers and readers of any process.
 *
 * <p>Why nothing is lost: a pack is deleted only after it was condemned for all to see, after every
 * writer that lived then has ended, and after a mark made later than that found what must stay of
 * it, which was copied. A writer that lived then may count on blocks of the pack, and is waited
 * for; one that registered since writes them again, see {@link Packs#holds}.
 *
 * <p>At an unreadable root or a damaged block that must stay nothing is deleted. The pack of such a
 * block is condemned, so that adding the block again heals the store. A crash at any moment leaves
 * a whole store, and the next gc goes on. Several may run at once, to no profit.
 */
public final class Gc {
  private static final Logger LOG = LoggerFactory.getLogger(Gc.class);

  /** What copies may take before their originals are deleted (storage.md, 3). */
  private static final long EXTRA_BYTES = 2L << 30;

  /** Packs below this are merged, if there are many: each costs look-ups an index and a file. */
  private static final long SMALL_PACK_BYTES = 64L << 20;

  private static final int MANY_SMALL_PACKS = 32;

  private final LocalStore store;
  private final Home home;
  private final Packs packs;
  private final Mark mark;
  private final PackSurvey survey;
  private long removedBlocks;
  private long freedBytes;
  private long waitingBytes;

  Gc(LocalStore store, Home home, Packs packs) {
    this.store = store;
    this.home = home;
    this.packs = packs;
    this.mark = new Mark(store, home);
    this.survey = new PackSurvey(home, mark);
  }

  /**
   * What would be removed if no writer lived. Blocks that stay are looked for but not read; nothing
   * is written.
   *
   * @throws IntegrityException if a root cannot be read, or what it needs is missing or damaged
   */
  public GcReport preview() throws IOException {
    if (!home.exists()) {
      return new GcReport(0, 0, 0, 0);
    }
    packs.refresh();
    mark.run();
    Set<String> condemned = new Condemned(home).packs();
    long kept = 0;
    for (PackCount count : count(packs.list().names())) {
      boolean leaves = condemned.contains(count.pack());
      kept += leaves ? 0 : count.liveBlocks();
      removedBlocks += count.deadBlocks();
      boolean rewritten = count.deadBlocks() > 0 || count.damaged();
      freedBytes += leaves || rewritten ? count.fileBytes() - (leaves ? 0 : count.liveBytes()) : 0;
    }
    return new GcReport(kept, removedBlocks, freedBytes, 0);
  }

  /**
   * Collects. Use an instance once.
   *
   * @throws IntegrityException if a root cannot be read, or a block that must stay is missing or
   *     damaged; then nothing was deleted
   * @throws StorageException if storage cannot be read or written
   */
  public GcReport run() throws IOException {
    if (!home.exists()) {
      return new GcReport(0, 0, 0, 0);
    }
    // Not registered before it copies something: on a full disk there is no room for that yet.
    home.makeFolders();
    Writers writers = new Writers(home);
    Condemned condemned = new Condemned(home);
    writers.bury();
    Set<String> ended = condemned.ended(() -> others(writers));
    packs.refreshAll();
    mark();
    List<PackCount> counts = count(packs.list().names());
    Set<String> doomed = condemned.packs();
    requireWhole(counts, doomed);
    Map<String, PackCount> byName = new HashMap<>();
    counts.forEach(count -> byName.put(count.pack(), count));
    List<PackCount> over = new ArrayList<>();
    for (String pack : ended) {
      PackCount count = byName.get(pack);
      over.add(count == null ? new PackCount(pack, 0, 0, 0, 0, false) : count);
    }
    evacuate(over);
    forgetStale();
    delete(over, condemned);
    counts.removeIf(count -> doomed.contains(count.pack()));
    collect(batches(counts), writers, condemned);
    packs.indexAgain();
    return report(condemned);
  }

  /**
   * Marks, and makes it durable that what was removed is: a power loss must not bring back a pin
   * whose blocks are gone by then. Forced after it was listed, so that all that was missed counts.
   */
  private void mark() throws IOException {
    try {
      mark.run();
    } catch (CorruptBlockException e) {
      Set<String> damaged = new TreeSet<>();
      for (CorruptBlockException corrupt : mark.corrupt()) {
        Cid cid = corrupt.cid();
        damaged.addAll(cid == null ? Set.of() : packs.withCorrupt(cid));
      }
      condemned(damaged);
      throw refusal(mark.corrupt());
    }
    home.disk().forceFolder(home.folder(Pins.FOLDER));
    home.disk().forceFolder(home.folder(Outbox.FOLDER));
    home.disk().forceFolder(home.folder(Actions.FOLDER));
  }

  /** Actions and cache pins go before the blocks that they name. */
  private void forgetStale() throws IOException {
    store.actions().remove(mark.staleActions());
    for (Cid pin : mark.stalePins()) {
      store.pins().remove(pin);
    }
  }

  private List<PackCount> count(Collection<String> names) throws IOException {
    List<PackCount> counts = new ArrayList<>();
    for (String name : names) {
      PackCount count = survey.count(name);
      if (count != null) {
        counts.add(count);
      }
    }
    counts.sort(Comparator.comparing(PackCount::pack));
    return counts;
  }

  /**
   * Reads all that must stay, and gives up if some of it is damaged. Of packs that stay as they
   * are, every byte.
   */
  private void requireWhole(List<PackCount> counts, Set<String> doomed) throws IOException {
    Set<String> damagedPacks = new TreeSet<>();
    List<CorruptBlockException> lost = new ArrayList<>();
    for (int i = 0; i < counts.size(); i++) {
      PackCount count = counts.get(i);
      boolean stays = count.liveBlocks() > 0 && !doomed.contains(count.pack());
      boolean staysAsItIs = stays && count.deadBlocks() == 0 && !count.damaged();
      if (staysAsItIs && survey.isSound(count.pack())) {
        continue;
      }
      if (staysAsItIs) {
        // Perhaps in what no index covers, such as the codec of a CID: it is written anew.
        counts.set(i, count.asDamaged());
      }
      if (stays) {
        survey.read(
            count.pack(),
            new PackSurvey.Visitor() {
              @Override
              public void good(Block block) {}

              @Override
              public void damaged(Cid cid) throws IOException {
                damagedPacks.add(count.pack());
                if (mark.isNeeded(cid)) {
                  tryRead(cid, lost);
                }
              }
            });
      }
    }
    if (!damagedPacks.isEmpty()) {
      condemned(damagedPacks);
      doomed.addAll(damagedPacks);
    }
    if (!lost.isEmpty()) {
      throw refusal(lost);
    }
  }

  private static IntegrityException refusal(List<CorruptBlockException> lost) {
    CorruptBlockException first = lost.get(0);
    return new IntegrityException(
        String.format(
            "Cannot collect garbage: %d damaged blocks must stay, first %s in %s (add or import"
                + " them again; nothing was deleted)",
            lost.size(), first.cid(), first.where()),
        first.cid(),
        first);
  }

  private void tryRead(Cid cid, List<CorruptBlockException> lost) throws IOException {
    try {
      store.get(cid);
    } catch (CorruptBlockException e) {
      lost.add(e);
    }
  }

  /** Condemns packs with damaged blocks, so that good copies may be put beside them. */
  private void condemned(Set<String> damaged) throws IOException {
    LOG.warn("Packs with damaged blocks are not counted on any more: {}", damaged);
    new Condemned(home).add(damaged);
    packs.refreshAll();
  }

  /**
   * Packs to condemn together: first those of which nothing stays, then what is to be rewritten.
   */
  private static List<List<PackCount>> batches(List<PackCount> counts) {
    List<List<PackCount>> batches = new ArrayList<>();
    List<PackCount> dead = new ArrayList<>();
    List<PackCount> rewritten = new ArrayList<>();
    List<PackCount> small = new ArrayList<>();
    for (PackCount count : counts) {
      if (count.isDead()) {
        dead.add(count);
      } else if (count.deadBlocks() > 0 || count.damaged()) {
        rewritten.add(count);
      } else if (count.fileBytes() < SMALL_PACK_BYTES) {
        small.add(count);
      }
    }
    if (small.size() >= MANY_SMALL_PACKS) {
      rewritten.addAll(small);
    }
    batches.add(dead);
    long bytes = 0;
    List<PackCount> batch = new ArrayList<>();
    for (PackCount count : rewritten) {
      if (bytes > 0 && bytes + count.liveBytes() > EXTRA_BYTES) {
        batches.add(batch);
        batch = new ArrayList<>();
        bytes = 0;
      }
      batch.add(count);
      bytes += count.liveBytes();
    }
    batches.add(batch);
    batches.removeIf(List::isEmpty);
    return batches;
  }

  private void collect(List<List<PackCount>> batches, Writers writers, Condemned condemned)
      throws IOException {
    long copied = 0;
    for (List<PackCount> batch : batches) {
      long survivors = batch.stream().mapToLong(PackCount::liveBytes).sum();
      if (copied > 0 && copied + survivors > EXTRA_BYTES) {
        LOG.info("The rest waits for writers to end, and the next gc");
        return;
      }
      List<String> names = batch.stream().map(PackCount::pack).toList();
      condemned.add(names);
      packs.refreshAll();
      Set<String> alive = others(writers);
      evacuate(batch);
      if (alive.isEmpty()) {
        // Someone may have come, counted on these packs and gone since the first mark.
        long before = mark.size();
        mark();
        if (mark.size() > before) {
          evacuate(batch);
        }
        forgetStale();
        delete(batch, condemned);
      } else {
        condemned.await(names, alive);
        copied += survivors;
      }
    }
  }

  /** Writers that live, but for this process. */
  private Set<String> others(Writers writers) throws IOException {
    Set<String> alive = writers.alive();
    alive.remove(home.writer());
    return alive;
  }

  /** Copies what must stay to packs that do. */
  private void evacuate(List<PackCount> batch) throws IOException {
    boolean damaged = false;
    try (LocalWriter writer = store.newWriter()) {
      for (PackCount count : batch) {
        damaged |= count.damaged();
        survey.read(
            count.pack(),
            new PackSurvey.Visitor() {
              @Override
              public void good(Block block) throws IOException {
                writer.put(block);
              }

              @Override
              public void damaged(Cid cid) throws IOException {
                // What only an action names is computed again.
                if (mark.isNeeded(cid)) {
                  writer.put(store.get(cid));
                }
              }
            });
      }
      writer.seal();
      freedBytes -= writer.newBytes();
    }
    if (damaged) {
      // Its index cannot say what lay in it: all that must stay is asked for.
      try (Keeper keeper = new Keeper(store, packs)) {
        mark.roots(keeper);
        keeper.seal();
      }
    }
  }

  private void delete(List<PackCount> batch, Condemned condemned) throws IOException {
    if (batch.isEmpty()) {
      return;
    }
    List<String> names = batch.stream().map(PackCount::pack).toList();
    packs.delete(names);
    condemned.remove(names);
    packs.refreshAll();
    for (PackCount count : batch) {
      removedBlocks += count.deadBlocks();
      freedBytes += count.fileBytes();
    }
  }

  private GcReport report(Condemned condemned) throws IOException {
    long kept = 0;
    Set<String> waiting = new HashSet<>(condemned.packs());
    for (PackCount count : count(packs.list().names())) {
      if (waiting.contains(count.pack())) {
        waitingBytes += count.fileBytes();
      } else {
        kept += count.liveBlocks();
      }
    }
    return new GcReport(kept, removedBlocks, freedBytes, waitingBytes);
  }
}
