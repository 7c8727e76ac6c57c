package dev.cairn.io.store;

import dev.cairn.io.block.Block;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Commit;
import dev.cairn.io.unixfs.DirectoryWriter;
import dev.cairn.io.unixfs.FileWriter;
import dev.cairn.io.unixfs.UnixFsWriter;
import dev.cairn.io.unixfs.Written;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A process that works on a home until it is killed, or until a line comes in on its standard
 * input, and prints a line for each thing that is promised to stay. For {@link ProcessProof}.
 */
final class StoreChild {
  /** Packs of a few blocks, so that puts roll and gc has to rewrite. */
  private static final PackLimits LIMITS = new PackLimits(64 << 10, 20);

  /** What ends a line that is whole. */
  static final String LINE_END = " .";

  private final LocalStore store;
  private final Path temp;
  private final Random random;
  private final PrintStream out;
  private final List<Cid> pinned = new ArrayList<>();

  private StoreChild(LocalStore store, Path temp, long seed, PrintStream out) {
    this.store = store;
    this.temp = temp;
    this.random = new Random(seed);
    this.out = out;
  }

  /**
   * Runs.
   *
   * @param arguments home, folder for temporary files, ref, seed, and {@code work} or {@code race}
   */
  public static void main(String[] arguments) throws IOException {
    Path home = Path.of(arguments[0]);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (LocalStore store = LocalStore.open(home, Disk.real(), LIMITS)) {
      StoreChild child =
          new StoreChild(store, Path.of(arguments[1]), Long.parseLong(arguments[3]), out);
      if (arguments[4].equals("race")) {
        child.race(arguments[2]);
      } else {
        child.work(arguments[2]);
      }
    }
  }

  /** A line with an end of its own: a kill may cut it. */
  private void say(String line) {
    out.println(line + LINE_END);
  }

  private void work(String ref) throws IOException {
    say("START");
    while (System.in.available() == 0) {
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> pin();
        case 3, 4 -> commit(ref);
        case 5 -> unpin();
        case 6 -> collect();
        default -> read();
      }
    }
  }

  /** Waits for the line that starts all racers, and tells whether this one won. */
  private void race(String ref) throws IOException {
    Cid commit = commitOf(null);
    say("START");
    int unused = System.in.read();
    try {
      store.refs().move(ref, null, commit);
      say("WON " + commit);
    } catch (ParentMovedException e) {
      say("LOST " + commit);
    }
  }

  private void pin() throws IOException {
    Cid root = folder();
    store.pins().add(root, Pin.Kind.PERSISTENT, "proof");
    pinned.add(root);
    say("PINNED " + root);
  }

  private void unpin() throws IOException {
    if (!pinned.isEmpty()) {
      Cid root = pinned.remove(random.nextInt(pinned.size()));
      say("UNPIN " + root);
      store.pins().remove(root);
    }
  }

  private void commit(String ref) throws IOException {
    Ref current = store.refs().current(ref);
    Cid commit = commitOf(current == null ? null : current.commit());
    try {
      Ref moved = store.refs().move(ref, current == null ? 0 : current.number(), commit);
      say("MOVED " + moved.name() + " " + moved.number() + " " + moved.commit());
    } catch (ParentMovedException e) {
      say("LOST " + commit);
    }
  }

  private Cid commitOf(@Nullable Cid parent) throws IOException {
    Cid dataset = folder();
    store.keep(dataset);
    Block block =
        Commit.of(dataset, parent, Instant.now(), "run-" + random.nextInt(), Map.of()).toBlock();
    Homes.put(store, block);
    return block.cid();
  }

  private void collect() throws IOException {
    store.gc().run();
    say("COLLECTED");
  }

  private void read() throws IOException {
    for (Cid root : pinned) {
      if (!store.verify().of(root).isClean()) {
        throw new IllegalStateException("Not whole: " + root);
      }
    }
  }

  /** A folder of a few files, some of which other folders have too. */
  private Cid folder() throws IOException {
    try (LocalWriter writer = store.newWriter()) {
      UnixFsWriter files = new UnixFsWriter(writer, temp);
      Cid root;
      try (DirectoryWriter folder = files.directory()) {
        int count = 1 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
          folder.add("file-" + i, file(files));
        }
        root = folder.finish().cid();
      }
      writer.seal();
      return root;
    }
  }

  private Written file(UnixFsWriter files) throws IOException {
    boolean common = random.nextBoolean();
    byte[] bytes = new byte[common ? 1000 : random.nextInt(20_000)];
    new Random(common ? random.nextInt(30) : random.nextLong()).nextBytes(bytes);
    try (FileWriter file = files.file()) {
      file.write(bytes);
      return file.finish();
    }
  }
}
