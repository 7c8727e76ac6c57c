package dev.cairn.io.store;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.DagWalk;
import dev.cairn.io.block.IntegrityException;
import dev.cairn.io.block.MissingBlockException;
import dev.cairn.io.cid.Cid;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Lives one process after another: each opens the store, does a few things and ends. */
final class SimUser implements Runnable {
  private static final List<String> REFS = List.of("caselaw", "statutes");
  private static final List<String> KEYS = List.of("shard-1", "shard-2");

  private final SimWorld world;
  private final SimModel model;
  private final PackLimits limits;
  private final SimHabits habits;
  private final boolean elsewhere;
  private final int lives;
  private final SplittableRandom random;
  private final List<Cid> sealed = new ArrayList<>();
  private SimProcess process;
  private @Nullable LocalStore opened;

  SimUser(
      SimWorld world,
      SimModel model,
      SimHabits habits,
      PackLimits limits,
      boolean elsewhere,
      int lives) {
    this.habits = habits;
    this.world = world;
    this.model = model;
    this.limits = limits;
    this.elsewhere = elsewhere;
    this.lives = lives;
    this.random = world.random;
    this.process = world.start(elsewhere);
  }

  /** Something that a process does. */
  private interface Deed {
    void run() throws IOException;
  }

  @Override
  public void run() {
    try {
      for (int i = 0; i < lives && !world.isOver(); i++) {
        if (i > 0) {
          process = world.start(elsewhere);
        }
        live();
      }
    } catch (Throwable e) {
      // Also an AssertionError: whatever it is, it is the history's result.
      world.fail(e);
    }
  }

  private void live() throws IOException {
    try {
      opened = LocalStore.open(SimWorld.HOME, process.disk(), limits, process);
      int deeds = 1 + random.nextInt(5);
      for (int i = 0; i < deeds; i++) {
        attempt();
      }
      letGo();
      store().close();
    } catch (SimKilled e) {
      world.log(process, "is dead");
    } finally {
      letGo();
      process.end();
    }
  }

  private void letGo() {
    model.held.release(sealed);
    sealed.clear();
  }

  private LocalStore store() {
    if (opened == null) {
      throw new IllegalStateException("Cannot use store: none (opened)");
    }
    return opened;
  }

  /** Does one thing. Storage may only fail it where the disk did. */
  private void attempt() throws IOException {
    long faults = process.faults();
    world.tally.operations++;
    try {
      some().run();
    } catch (StorageException e) {
      if (process.faults() == faults) {
        throw new AssertionError("storage failed without a fault of the disk", e);
      }
      world.log(process, "failed: " + e.getMessage());
    }
  }

  private Deed some() {
    List<Deed> deeds =
        List.of(
            this::putAndPin,
            this::keepAndPin,
            this::unpin,
            this::commit,
            this::commitAgain,
            this::act,
            this::collect,
            this::pass,
            this::read,
            this::readRef,
            this::readPins,
            this::readAction,
            this::lookOnly,
            this::abandon);
    return deeds.get(habits.draw(random));
  }

  private void putAndPin() throws IOException {
    Cid root = model.dags.someRoot();
    log("puts and pins " + root);
    put(root);
    pin(root);
  }

  private void keepAndPin() throws IOException {
    Cid root = model.dags.someRoot();
    log("keeps and pins " + root);
    if (keep(root)) {
      pin(root);
    }
  }

  private void unpin() throws IOException {
    Cid root = model.dags.someRoot();
    log("unpins " + root);
    SimFact.Change change = model.pin(root).begin(SimFact.ABSENT);
    try {
      store().pins().remove(root);
      change.acknowledge();
      log("unpinned " + root);
    } finally {
      change.end();
    }
  }

  private void commit() throws IOException {
    Cid dataset = model.dags.someRoot();
    String name = REFS.get(random.nextInt(REFS.size()));
    log("commits " + dataset + " to " + name);
    if (random.nextBoolean() || !keep(dataset)) {
      put(dataset);
    }
    int kept = model.ref(name).kept();
    Ref current = store().refs().current(name);
    if (current == null ? kept > 0 : current.number() < kept) {
      throw new AssertionError("ref moved back: " + current + " before " + kept);
    }
    Cid parent = current == null ? null : current.commit();
    Block commit = model.newCommit(dataset, parent);
    put(List.of(commit.cid()));
    model.attempts.add(new SimModel.Attempt(name, current, commit.cid()));
    move(name, current, commit.cid());
  }

  /** As after an answer that was lost: by the same process, or one that takes over. */
  private void commitAgain() throws IOException {
    if (model.attempts.isEmpty()) {
      return;
    }
    int last = model.attempts.size() - 1;
    SimModel.Attempt attempt = model.attempts.get(last - random.nextInt(Math.min(3, last + 1)));
    log("commits again " + attempt);
    model.repeated.add(attempt.commit());
    if (!keep(attempt.commit())) {
      put(attempt.commit());
    }
    move(attempt.ref(), attempt.expected(), attempt.commit());
  }

  private void move(String name, @Nullable Ref expected, Cid commit) throws IOException {
    SimRef ref = model.ref(name);
    long number = expected == null ? 1 : expected.number() + 1;
    ref.tries(number, commit);
    try {
      Ref moved = store().refs().move(name, expected == null ? null : expected.commit(), commit);
      log("moved " + moved);
      if (moved.number() != number || !moved.commit().equals(commit)) {
        throw new AssertionError("moved elsewhere: " + moved + " for " + number);
      }
      model.moved(moved, SimCheck.history(world, name));
    } catch (ParentMovedException e) {
      List<Ref> history = SimCheck.history(world, name);
      // What was expected may itself be gone: seen before it was forced, and then the power failed.
      boolean expectedIsThere = expected == null || history.contains(expected);
      if (history.size() == number - 1 && expectedIsThere) {
        throw new AssertionError("nobody moved the ref", e);
      }
    } catch (CommitFailedException e) {
      List<Ref> history = SimCheck.history(world, name);
      boolean moved = history.stream().anyMatch(seen -> seen.commit().equals(commit));
      if (moved && !model.repeated.contains(commit)) {
        throw new AssertionError("moved although it says not", e);
      }
      throw e;
    }
  }

  private void act() throws IOException {
    String key = KEYS.get(random.nextInt(KEYS.size()));
    List<Cid> objects = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      objects.add(model.dags.someRoot());
    }
    log("acts " + key + " for " + objects);
    for (Cid object : objects) {
      if (random.nextBoolean() || !keep(object)) {
        put(object);
      }
    }
    String value = model.newValue(objects);
    SimFact.Change change = model.action(key).begin(value);
    try {
      store().actions().put(key, value, objects);
      change.acknowledge();
      model.age();
      log("acted " + key + ": " + value);
    } finally {
      change.end();
    }
  }

  private void read() throws IOException {
    Cid cid = model.dags.someBlock();
    long start = model.held.now();
    long changes = process.changes();
    log("reads " + cid);
    if (!store().has(cid) && model.held.throughout(cid, start)) {
      throw new AssertionError("block is said to be missing: " + cid);
    }
    try {
      get(cid);
    } catch (MissingBlockException e) {
      allowMissing(e, start);
    }
    changedNothing(changes);
  }

  private void get(Cid cid) throws IOException {
    byte[] bytes = store().get(cid).bytes();
    if (!Arrays.equals(bytes, model.dags.block(cid).bytes())) {
      throw new AssertionError("wrong bytes of " + cid);
    }
  }

  private void readRef() throws IOException {
    String name = REFS.get(random.nextInt(REFS.size()));
    int kept = model.ref(name).kept();
    log("reads ref " + name);
    Ref ref = store().refs().current(name);
    if (ref == null) {
      if (kept > 0) {
        throw new AssertionError("ref is gone: " + name);
      }
      return;
    }
    model.ref(name).check(ref);
    DagWalk.reading(store()).from(ref.commit(), block -> get(block.cid()));
  }

  private void readPins() throws IOException {
    long start = model.held.now();
    log("reads pins");
    for (Pin pin : store().pins().list()) {
      try {
        DagWalk.reading(store()).from(pin.cid(), block -> get(block.cid()));
      } catch (MissingBlockException e) {
        allowMissing(e, start);
      }
    }
  }

  private void readAction() throws IOException {
    String key = KEYS.get(random.nextInt(KEYS.size()));
    log("reads action " + key);
    int changes = model.action(key).changes();
    boolean settled = model.action(key).isSettled();
    Optional<String> value = store().actions().get(key);
    boolean crossed = !settled || model.action(key).changes() != changes;
    if (!crossed && !model.action(key).allows(value.orElse(SimFact.ABSENT))) {
      throw new AssertionError("action has a value of nobody's: " + value + " of " + key);
    }
  }

  private void abandon() throws IOException {
    log("puts and abandons");
    try (LocalWriter writer = store().newWriter()) {
      for (Cid cid : model.dags.below(model.dags.someRoot())) {
        writer.put(model.dags.block(cid));
      }
    }
  }

  private void collect() throws IOException {
    long start = model.held.now();
    world.tally.collections++;
    log("collects");
    // Whoever collects gives up what it put itself and nothing names yet.
    letGo();
    List<SimFact.Change> forgotten = model.forgetOldActions();
    try {
      log(String.valueOf(store().gc().run()));
    } catch (IntegrityException e) {
      allowMissing(e, start);
    } finally {
      model.collected(forgotten);
    }
  }

  /** What must change nothing. */
  private void lookOnly() throws IOException {
    long start = model.held.now();
    long changes = process.changes();
    Cid root = model.dags.someRoot();
    switch (random.nextInt(3)) {
      case 0 -> {
        log("previews");
        try {
          store().gc().preview();
        } catch (IntegrityException e) {
          allowMissing(e, start);
        }
      }
      case 1 -> {
        log("verifies");
        VerifyReport report = store().verify().all();
        if (!report.corrupt().isEmpty()) {
          throw new AssertionError("verify found " + report);
        }
        report.missing().forEach(cid -> allowMissing(cid, start, null));
      }
      default -> {
        log("asks whether whole " + root);
        boolean whole = store().isWhole(root);
        if (!whole
            && model.dags.below(root).stream().allMatch(cid -> model.held.throughout(cid, start))) {
          throw new AssertionError("DAG is said not to be whole: " + root);
        }
      }
    }
    changedNothing(changes);
  }

  private void pass() throws IOException {
    Duration time =
        random.nextBoolean()
            ? Duration.ofSeconds(1 + random.nextInt(100))
            : Duration.ofHours(1 + random.nextInt(480));
    world.jump(time);
    model.age();
  }

  private void changedNothing(long before) {
    if (process.changes() != before) {
      throw new AssertionError("a look changed the disk");
    }
  }

  private void put(Cid root) throws IOException {
    List<Cid> blocks = new ArrayList<>(model.dags.below(root));
    if (random.nextInt(4) == 0) {
      Collections.reverse(blocks);
    }
    put(blocks);
  }

  private void put(Collection<Cid> blocks) throws IOException {
    try (LocalWriter writer = store().newWriter()) {
      for (Cid cid : blocks) {
        writer.put(model.dags.block(cid));
      }
      writer.seal();
    }
    hold(blocks);
  }

  private boolean keep(Cid root) throws IOException {
    long start = model.held.now();
    try {
      store().keep(root);
    } catch (IntegrityException e) {
      allowMissing(e, start);
      return false;
    }
    hold(model.dags.below(root));
    return true;
  }

  /** What was sealed stays while this process lives. */
  private void hold(Collection<Cid> blocks) {
    sealed.addAll(blocks);
    model.held.hold(blocks);
  }

  private void pin(Cid root) throws IOException {
    SimFact.Change change = model.pin(root).begin(SimModel.PINNED);
    try {
      store().pins().add(root, Pin.Kind.PERSISTENT, "simulated");
      change.acknowledge();
      log("pinned " + root);
    } finally {
      change.end();
    }
  }

  /** A block may be missing that did not have to be there all the time. */
  private void allowMissing(IntegrityException e, long start) {
    Cid cid = e.cid();
    if (cid == null) {
      throw new AssertionError("nothing is damaged", e);
    }
    allowMissing(cid, start, e);
  }

  private void allowMissing(Cid cid, long start, @Nullable IntegrityException e) {
    if (model.held.throughout(cid, start)) {
      throw new AssertionError("block is missing: " + cid, e);
    }
  }

  private void log(String event) {
    if (world.isTraced()) {
      world.log(process, "-- " + event);
    }
  }
}
