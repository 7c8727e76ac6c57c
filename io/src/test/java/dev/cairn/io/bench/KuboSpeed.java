package dev.cairn.io.bench;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.http.DagStream;
import dev.cairn.io.store.kubo.KuboStore;
import dev.cairn.io.store.kubo.KuboWriter;
import dev.cairn.io.store.kubo.RealKubo;
import dev.cairn.io.unixfs.AddOptions;
import dev.cairn.io.unixfs.FolderAdd;
import dev.cairn.io.unixfs.FolderGet;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Puts the same files into a fresh Kubo node and gets them out again, by {@code ipfs} and by us, in
 * turn, and prints the seconds of each. The first round is that of a cold JVM.
 *
 * <p>Arguments: a folder with room for twice the large file a round (the temporary folder needs as
 * much), bytes of the large file, small files, rounds.
 */
final class KuboSpeed {
  private final Scratch scratch;
  private final TestFiles files;
  private final PrintStream out;
  private final List<RealKubo> nodes = new ArrayList<>();

  private KuboSpeed(Scratch scratch, TestFiles files, PrintStream out) {
    this.scratch = scratch;
    this.files = files;
    this.out = out;
  }

  public static void main(String[] arguments) throws IOException {
    StoreLoad load =
        new StoreLoad(
            Long.parseLong(arguments[1]),
            Integer.parseInt(arguments[2]),
            Integer.parseInt(arguments[3]));
    try (Scratch scratch = Scratch.in(Path.of(arguments[0]))) {
      KuboSpeed speed = new KuboSpeed(scratch, TestFiles.write(scratch, load), System.out);
      try {
        for (int round = 0; round < load.rounds(); round++) {
          speed.turn(round, round % 2 == 1);
          speed.turn(round, round % 2 == 0);
        }
      } finally {
        speed.close();
      }
    }
  }

  /** Leaves the node's files until all is over: see {@link Scratch#empty}. */
  private void turn(int round, boolean ours) throws IOException {
    RealKubo kubo = new RealKubo();
    nodes.add(kubo);
    kubo.start();
    act(ours, kubo, "large", files.large(), round);
    act(ours, kubo, "small", files.small(), round);
    kubo.kill();
  }

  private void close() throws IOException {
    for (RealKubo node : nodes) {
      node.close();
    }
  }

  private void act(boolean ours, RealKubo kubo, String what, Path from, int round)
      throws IOException {
    String who = ours ? "cairn" : "ipfs";
    Path got = scratch.path(who + "-" + what + "-" + round);
    Clock put = Clock.start(kubo);
    Cid root = ours ? put(kubo, from) : kubo.add(from);
    out.println(who + " put " + what + put.stop());
    Clock get = Clock.start(kubo);
    if (ours) {
      get(kubo, root, got);
    } else {
      kubo.ipfs("get", "--output", got.toString(), root.toString());
    }
    out.println(who + " get " + what + get.stop());
  }

  /** Time on the wall, and that of processors: a machine that is busy stretches the first only. */
  private record Clock(RealKubo kubo, long nanos, double cpu, double nodeCpu) {
    private static final double TICKS_PER_SECOND = 100;

    static Clock start(RealKubo kubo) throws IOException {
      return new Clock(kubo, System.nanoTime(), taken(), kubo.cpuSeconds());
    }

    String stop() throws IOException {
      return String.format(
          Locale.ROOT,
          ": %.2f s, CPU %.2f s of the client and %.2f s of the node",
          (System.nanoTime() - nanos) / 1e9,
          taken() - cpu,
          kubo.cpuSeconds() - nodeCpu);
    }

    /** Of this process and those that it started and that ended: proc(5), stat. */
    private static double taken() throws IOException {
      String stat = Files.readString(Path.of("/proc/self/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      double ticks = 0;
      for (int i = 11; i < 15; i++) {
        ticks += Long.parseLong(fields[i]);
      }
      return ticks / TICKS_PER_SECOND;
    }
  }

  private Cid put(RealKubo kubo, Path from) throws IOException {
    try (KuboStore store = kubo.store();
        KuboWriter writer = store.newWriter()) {
      AddOptions options = AddOptions.standard().withHidden();
      Cid root = new FolderAdd(writer, scratch.folder(), options).add(from).root().cid();
      writer.seal();
      return root;
    }
  }

  private static void get(RealKubo kubo, Cid root, Path to) throws IOException {
    try (KuboStore store = kubo.store();
        DagStream dag = store.stream()) {
      new FolderGet(dag).get(root, to);
    }
  }
}
