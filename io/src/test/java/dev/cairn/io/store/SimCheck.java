package dev.cairn.io.store;

import dev.cairn.io.block.IntegrityException;
import dev.cairn.io.block.MissingBlockException;
import dev.cairn.io.cid.Cid;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Looks at a history's store while nobody else uses it, and compares it with the model. */
final class SimCheck {
  private static final PackLimits LIMITS = PackLimits.STANDARD;

  private final SimWorld world;
  private final SimModel model;

  SimCheck(SimWorld world, SimModel model) {
    this.world = world;
    this.model = model;
  }

  private static LocalStore open(SimWorld world) throws IOException {
    SimProcess process = world.start(false).undisturbed();
    return LocalStore.open(SimWorld.HOME, process.disk(), LIMITS, process);
  }

  /** All positions of a ref, the present one first. */
  static List<Ref> history(SimWorld world, String name) throws IOException {
    try (LocalStore store = open(world)) {
      return store.refs().history(name);
    }
  }

  /** What must hold whenever all processes ended, of their own or not. */
  void afterCrash() throws IOException {
    try (LocalStore store = open(world)) {
      VerifyReport report = store.verify().all();
      if (!report.isClean()) {
        throw new AssertionError("not clean: " + report);
      }
      blocks(store, true);
      pins(store);
      refs(store);
      actions(store);
    }
  }

  /** Every block that is served is right; those that are held are served. */
  private void blocks(LocalStore store, boolean undamaged) throws IOException {
    for (Cid cid : model.dags.all()) {
      try {
        if (!Arrays.equals(store.get(cid).bytes(), model.dags.block(cid).bytes())) {
          throw new AssertionError("wrong bytes of " + cid);
        }
      } catch (MissingBlockException e) {
        if (undamaged && model.held.isHeld(cid)) {
          throw new AssertionError("lost block " + cid, e);
        }
      } catch (IntegrityException e) {
        if (undamaged) {
          throw e;
        }
      }
    }
  }

  private void pins(LocalStore store) throws IOException {
    for (Cid root : model.pinsMet()) {
      Pin pin = store.pins().get(root);
      String found = pin == null ? SimFact.ABSENT : pin.kind().name();
      if (!model.pin(root).allows(found)) {
        throw new AssertionError("pin of " + root + " is '" + found + "', not " + model.pin(root));
      }
      if (pin != null) {
        whole(store, root, "pin");
      }
    }
    for (Pin pin : store.pins().list()) {
      if (!model.pinsMet().contains(pin.cid())) {
        throw new AssertionError("pin of nobody's: " + pin);
      }
    }
  }

  private void refs(LocalStore store) throws IOException {
    for (String name : model.refsMet()) {
      List<Ref> history = store.refs().history(name);
      model.ref(name).checkHistory(history);
      for (Ref ref : model.isRotten() && !history.isEmpty() ? history.subList(0, 1) : history) {
        whole(store, ref.commit(), "ref " + name);
      }
    }
  }

  private void actions(LocalStore store) throws IOException {
    for (String key : model.actionsMet()) {
      Optional<String> value = store.actions().get(key);
      if (!model.action(key).allows(value.orElse(SimFact.ABSENT))) {
        throw new AssertionError("action " + key + " is " + value + ", not " + model.action(key));
      }
      // Whatever its age: an old one goes before its blocks.
      if (value.isPresent() && !model.isRotten()) {
        for (Cid object : model.objects(value.get())) {
          whole(store, object, "action " + key);
        }
      }
    }
  }

  private void whole(LocalStore store, Cid root, String why) throws IOException {
    for (Cid cid : model.dags.below(root)) {
      if (!store.has(cid)) {
        throw new AssertionError(why + " needs missing block " + cid);
      }
    }
  }

  /** Once all processes are known to be dead, two collections leave what is needed and no more. */
  void afterCollection() throws IOException {
    if (!world.disk.exists(SimWorld.HOME.resolve("format"))) {
      return;
    }
    world.jump(Duration.ofHours(2));
    if (world.random.nextBoolean()) {
      world.jump(Duration.ofDays(15));
    }
    model.age();
    try (LocalStore store = open(world)) {
      store.gc().run();
      store.gc().run();
    }
    afterCrash();
    List<String> rest = new ArrayList<>();
    for (String folder : List.of("tmp", Writers.FOLDER, Condemned.FOLDER)) {
      world.disk.names(SimWorld.HOME.resolve(folder)).forEach(n -> rest.add(folder + "/" + n));
    }
    for (String name : world.disk.names(SimWorld.HOME)) {
      if (name.startsWith("format.")) {
        rest.add(name);
      }
    }
    if (!rest.isEmpty()) {
      throw new AssertionError("left behind: " + rest);
    }
    try (LocalStore store = open(world)) {
      needed(store);
    }
  }

  private void needed(LocalStore store) throws IOException {
    List<Ref> current = new ArrayList<>();
    List<Cid> perhaps = new ArrayList<>();
    for (String name : store.refs().list()) {
      List<Ref> history = store.refs().history(name);
      current.add(history.get(0));
      history.forEach(ref -> perhaps.add(ref.commit()));
    }
    for (String key : store.actions().keys()) {
      perhaps.addAll(store.actions().objects(key));
    }
    Set<String> kept = new TreeSet<>();
    for (Cid cid : model.dags.all()) {
      if (store.has(cid)) {
        kept.add(cid.multihash().toString());
      }
    }
    Set<String> wanted = names(model.reached(store.pins().list(), current));
    for (Cid root : perhaps) {
      Set<String> named = names(model.dags.below(root));
      if (model.isRotten()) {
        named.retainAll(kept);
      }
      wanted.addAll(named);
    }
    if (!kept.equals(wanted)) {
      Set<String> extra = new TreeSet<>(kept);
      extra.removeAll(wanted);
      wanted.removeAll(kept);
      throw new AssertionError("garbage was left: " + extra + "; missing: " + wanted);
    }
  }

  private static Set<String> names(Collection<Cid> cids) {
    Set<String> names = new TreeSet<>();
    for (Cid cid : cids) {
      if (!cid.isIdentity()) {
        names.add(cid.multihash().toString());
      }
    }
    return names;
  }
}
