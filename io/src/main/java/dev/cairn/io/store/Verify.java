package dev.cairn.io.store;

import dev.cairn.io.block.BlockStore;
import dev.cairn.io.block.CorruptBlockException;
import dev.cairn.io.block.HashThreads;
import dev.cairn.io.block.IntegrityException;
import dev.cairn.io.block.MissingBlockException;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.dataset.Commit;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Proves that a store is whole, or tells what is not. Changes nothing. Beside writers it sees what
 * was sealed when it came by.
 */
public final class Verify {
  private final LocalStore store;
  private final Home home;
  private final LongConsumer progress;

  Verify(LocalStore store, Home home, LongConsumer progress) {
    this.store = store;
    this.home = home;
    this.progress = progress;
  }

  /** The same, telling how many bytes were hashed so far after each block. */
  public Verify reporting(LongConsumer hashedBytes) {
    return new Verify(store, home, hashedBytes);
  }

  /**
   * The whole store: each byte of each pack, each small file, and that all that refs, pins and the
   * outbox need is there. Datasets that retention dropped from history are not missing.
   *
   * @throws StorageException if storage cannot be read
   */
  public VerifyReport all() throws IOException {
    Findings findings = new Findings(progress);
    if (home.exists()) {
      packs(findings);
      DagCheck dags = DagCheck.ofPresence(store, findings);
      refs(findings, dags);
      pins(findings, dags);
      outbox(findings, dags);
      collection(findings);
    }
    return findings.report();
  }

  /** One DAG of this store: every block is read and hashed, each once. */
  public VerifyReport of(Cid root) throws IOException {
    return of(store, root);
  }

  /** One DAG, wherever its blocks are. */
  public VerifyReport of(BlockStore blocks, Cid root) throws IOException {
    Findings findings = new Findings(progress);
    DagCheck.ofContent(blocks, findings).from(root);
    return findings.report();
  }

  private void packs(Findings findings) throws IOException {
    List<String> files = new ArrayList<>(home.disk().list(home.packs()));
    files.sort(null);
    try (HashThreads threads = HashThreads.standard()) {
      for (String fileName : files) {
        Path path = home.packs().resolve(fileName);
        if (!PackFormat.isFileName(fileName)) {
          findings.corrupt(null, home.display(path), "no pack's name");
          continue;
        }
        pack(path, PackFormat.nameOf(fileName), findings, threads);
      }
    }
  }

  private void pack(Path path, String name, Findings findings, HashThreads threads)
      throws IOException {
    try (DiskFile file = home.disk().open(path)) {
      new PackCheck(file, name, home.display(path), findings, threads).run();
    } catch (NoSuchFileException e) {
      // Collected since the folder was listed; what was alive in it is in another pack now.
      if (home.disk().exists(path)) {
        throw e;
      }
    }
  }

  /** One finding a gap. */
  private static void gaps(String name, List<Long> numbers, Findings findings) {
    long due = 1;
    for (long number : numbers) {
      if (number != due) {
        findings.corrupt(null, "refs/" + name + "/" + due, "missing");
      }
      due = number + 1;
    }
  }

  private void refs(Findings findings, DagCheck dags) throws IOException {
    Refs refs = store.refs();
    for (String stranger : refs.strangers()) {
      findings.corrupt(null, "refs/" + stranger, "no ref's name");
    }
    for (String name : refs.list()) {
      Set<Cid> seen = new HashSet<>();
      List<Long> numbers = refs.numbers(name);
      gaps(name, numbers, findings);
      for (int i = numbers.size() - 1; i >= 0; i--) {
        Ref ref = read(refs, name, numbers.get(i), findings);
        if (ref != null) {
          commits(ref.commit(), i == numbers.size() - 1, seen, findings, dags);
        }
      }
    }
  }

  private @Nullable Ref read(Refs refs, String name, long number, Findings findings)
      throws IOException {
    try {
      return refs.read(name, number);
    } catch (IntegrityException e) {
      findings.corrupt(null, "refs/" + name + "/" + number, String.valueOf(e.getMessage()));
      return null;
    }
  }

  /**
   * A commit that a ref names must be there, and its dataset if the ref names it now. Older
   * datasets may be dropped as a whole; commits before those may never have been fetched.
   */
  private void commits(
      Cid start, boolean isCurrent, Set<Cid> seen, Findings findings, DagCheck dags)
      throws IOException {
    boolean needed = true;
    boolean wholeDataset = isCurrent;
    Cid next = start;
    while (next != null && (needed || store.has(next)) && seen.add(next)) {
      Commit commit = read(next, findings);
      if (commit == null) {
        return;
      }
      if (wholeDataset || isKept(commit.dataset())) {
        dags.from(commit.dataset());
      }
      needed = false;
      wholeDataset = false;
      next = commit.parent();
    }
  }

  private boolean isKept(Cid dataset) throws IOException {
    return store.has(dataset) && !store.dropped().contains(dataset);
  }

  private @Nullable Commit read(Cid commit, Findings findings) throws IOException {
    try {
      return Commit.from(store.get(commit));
    } catch (MissingBlockException e) {
      findings.missing(commit);
    } catch (CorruptBlockException e) {
      findings.corrupt(commit, e.where(), e.computed());
    } catch (MalformedContentException e) {
      findings.corrupt(commit, "commit " + commit, String.valueOf(e.getMessage()));
    }
    return null;
  }

  private void pins(Findings findings, DagCheck dags) throws IOException {
    Pins pins = store.pins();
    for (String name : pins.names()) {
      try {
        Pin pin = pins.read(name);
        if (pin != null) {
          dags.from(pin.cid());
        }
      } catch (IntegrityException e) {
        findings.corrupt(null, "pins/" + name, String.valueOf(e.getMessage()));
      }
    }
  }

  private void outbox(Findings findings, DagCheck dags) throws IOException {
    Outbox outbox = store.outbox();
    for (String name : outbox.names()) {
      try {
        OutboxEntry entry = outbox.read(name);
        if (entry != null) {
          dags.from(entry.root());
        }
      } catch (IntegrityException e) {
        findings.corrupt(null, "outbox/" + name, String.valueOf(e.getMessage()));
      }
    }
  }

  /** What gc goes by: whether a writer lives is read from its file, which must be readable. */
  private void collection(Findings findings) throws IOException {
    for (String stranger : new Condemned(home).strangers()) {
      findings.corrupt(null, "condemned/" + stranger, "no pack's name");
    }
    Writers writers = new Writers(home);
    for (String id : writers.ids()) {
      try {
        writers.check(id);
      } catch (IntegrityException e) {
        findings.corrupt(null, "writers/" + id, String.valueOf(e.getMessage()));
      }
    }
  }
}
