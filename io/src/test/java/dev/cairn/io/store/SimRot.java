package dev.cairn.io.store;

import dev.cairn.io.block.IntegrityException;
import dev.cairn.io.cid.Cid;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Flips bits of a store at rest: no wrong byte is served, verify finds what is damaged, and gc
 * heals it or refuses and deletes nothing; then what is lost is put again, and all is well.
 */
final class SimRot {
  /** What gc must be able to read before it deletes. */
  private static final List<String> ROOTS = List.of("refs", "pins", Writers.FOLDER);

  private static final int ROUNDS = 4;

  private final SimWorld world;
  private final SimModel model;
  private final SplittableRandom random;
  private final Map<Path, Set<Long>> flipped = new HashMap<>();

  SimRot(SimWorld world, SimModel model) {
    this.world = world;
    this.model = model;
    this.random = world.random;
  }

  void run() throws IOException {
    if (!world.disk.exists(SimWorld.HOME.resolve("format"))) {
      return;
    }
    // What lies in tmp/ may be a second name of a file in place, if half a rename was lost.
    List<Path> files = new ArrayList<>();
    for (String folder : world.disk.names(SimWorld.HOME)) {
      if (!folder.equals("tmp")) {
        list(SimWorld.HOME.resolve(folder), files);
      }
    }
    if (files.isEmpty()) {
      return;
    }
    flipFormat();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      flip(files.get(random.nextInt(files.size())));
    }
    flipped.values().removeIf(Set::isEmpty);
    model.rot();
    verify();
    // By now everybody is known to be dead, so that gc may delete.
    world.jump(Duration.ofHours(2));
    model.age();
    collect();
  }

  private void list(Path path, List<Path> into) throws IOException {
    if (!world.disk.isFile(path)) {
      for (String name : world.disk.names(path)) {
        list(path.resolve(name), into);
      }
    } else if (world.disk.size(path) > 0 && !path.endsWith("format")) {
      into.add(path);
    }
  }

  private void flipFormat() throws IOException {
    Path format = SimWorld.HOME.resolve("format");
    long bit = random.nextInt(world.disk.size(format) * Byte.SIZE);
    world.disk.flip(format, bit);
    try {
      open().close();
      throw new AssertionError("a damaged format was accepted");
    } catch (StorageException e) {
      world.disk.flip(format, bit);
    }
  }

  private void flip(Path file) throws IOException {
    long bit = random.nextInt(world.disk.size(file) * Byte.SIZE);
    world.log(null, "bit " + bit + " flips in " + file);
    world.disk.flip(file, bit);
    world.tally.flips++;
    Set<Long> bits = flipped.computeIfAbsent(file, f -> new HashSet<>());
    if (!bits.remove(bit)) {
      bits.add(bit);
    }
  }

  private boolean isFlippedIn(String... folders) {
    return flipped.keySet().stream().anyMatch(file -> isIn(file, List.of(folders)));
  }

  private static boolean isIn(Path file, List<String> folders) {
    return folders.stream().anyMatch(folder -> file.startsWith(SimWorld.HOME.resolve(folder)));
  }

  private void verify() throws IOException {
    try (LocalStore store = open()) {
      served(store);
      VerifyReport report = store.verify().all();
      if (report.isClean() && isFlippedIn("packs", "refs", "pins", Writers.FOLDER)) {
        throw new AssertionError("damage was not found: " + flipped.keySet());
      }
    }
  }

  private void collect() throws IOException {
    Set<String> packs = new HashSet<>(world.disk.names(SimWorld.HOME.resolve("packs")));
    Set<Cid> served = Set.of();
    try (LocalStore store = open()) {
      served = served(store);
      world.log(null, String.valueOf(store.gc().run()));
      if (isFlippedIn("refs", "pins")) {
        throw new AssertionError("gc went by a damaged root: " + flipped.keySet());
      }
      world.tally.healed++;
    } catch (IntegrityException e) {
      world.log(null, "gc refused: " + e.getMessage());
      if (!world.disk.names(SimWorld.HOME.resolve("packs")).containsAll(packs)) {
        throw new AssertionError("gc refused and deleted something", e);
      }
      restore(served);
    }
  }

  /** Small files come back from elsewhere, and what is not served is put again. */
  private void restore(Set<Cid> servedBefore) throws IOException {
    for (Map.Entry<Path, Set<Long>> file : flipped.entrySet()) {
      if (isIn(file.getKey(), ROOTS)) {
        for (long bit : file.getValue()) {
          world.disk.flip(file.getKey(), bit);
        }
      }
    }
    try (LocalStore store = open()) {
      Set<Cid> lost = new HashSet<>(servedBefore);
      lost.removeAll(served(store));
      if (!lost.isEmpty()) {
        throw new AssertionError("gc refused and lost " + lost);
      }
    }
    // What is below a damaged node is only found once that one is there again.
    boolean collected = false;
    for (int i = 0; i < ROUNDS && !collected; i++) {
      collected = healed();
    }
    if (!collected) {
      throw new AssertionError("gc refuses what was put again " + ROUNDS + " times");
    }
  }

  private boolean healed() throws IOException {
    try (LocalStore store = open();
        LocalWriter writer = store.newWriter()) {
      for (Cid cid : model.dags.all()) {
        writer.put(model.dags.block(cid));
      }
      writer.seal();
    }
    try (LocalStore store = open()) {
      store.gc().run();
      return true;
    } catch (IntegrityException e) {
      world.log(null, "gc refused again: " + e.getMessage());
      return false;
    }
  }

  /** Blocks that are served; never with a wrong byte. */
  private Set<Cid> served(LocalStore store) throws IOException {
    Set<Cid> served = new HashSet<>();
    for (Cid cid : model.dags.all()) {
      try {
        if (!Arrays.equals(store.get(cid).bytes(), model.dags.block(cid).bytes())) {
          throw new AssertionError("wrong bytes of " + cid);
        }
        served.add(cid);
      } catch (IntegrityException e) {
        world.log(null, "not served: " + e.getMessage());
      }
    }
    return served;
  }

  private LocalStore open() throws IOException {
    SimProcess process = world.start(false).undisturbed();
    return LocalStore.open(SimWorld.HOME, process.disk(), PackLimits.STANDARD, process);
  }
}
