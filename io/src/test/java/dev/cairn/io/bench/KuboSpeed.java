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
import java.nio.file.Path;
import java.util.Locale;

/**
 * Puts the same files into a fresh Kubo node and gets them out again, by {@code ipfs} and by us, in
 * turn, and prints the seconds of each. The first round is that of a cold JVM.
 *
 * <p>Arguments: a folder with room for ten times the large file, bytes of the large file, small
 * files, rounds.
 */
final class KuboSpeed {
  private final Scratch scratch;
  private final TestFiles files;
  private final PrintStream out;

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
      for (int round = 0; round < load.rounds(); round++) {
        speed.round(round);
      }
    }
  }

  private void round(int round) throws IOException {
    for (int turn = 0; turn < 2; turn++) {
      boolean ours = (round + turn) % 2 == 1;
      RealKubo kubo = new RealKubo();
      kubo.start();
      try (Scratch got = scratch.inside()) {
        act(ours, kubo, "large", files.large(), got);
        act(ours, kubo, "small", files.small(), got);
      } finally {
        kubo.close();
      }
    }
  }

  private void act(boolean ours, RealKubo kubo, String what, Path from, Scratch got)
      throws IOException {
    String who = ours ? "cairn" : "ipfs";
    long start = System.nanoTime();
    Cid root = ours ? put(kubo, from) : kubo.add(from);
    tell(who, "put", what, start);
    start = System.nanoTime();
    if (ours) {
      get(kubo, root, got.path(what));
    } else {
      kubo.ipfs("get", "--output", got.path(what).toString(), root.toString());
    }
    tell(who, "get", what, start);
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

  private void tell(String who, String act, String what, long start) {
    double seconds = (System.nanoTime() - start) / 1e9;
    out.println(String.format(Locale.ROOT, "%s %s %s %.2f s", who, act, what, seconds));
  }
}
