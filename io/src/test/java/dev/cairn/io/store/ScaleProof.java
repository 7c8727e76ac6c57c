package dev.cairn.io.store;

import dev.cairn.io.block.Block;
import dev.cairn.io.car.CarSection;
import dev.cairn.io.car.CarV2Writer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Proves that a store of many packs answers as a small one does: makes both, has the index made,
 * and measures look-ups and commands in fresh JVMs of 64 MB. By hand, see the profile {@code
 * scale}; its arguments are a folder for some 4 GB, packs, blocks, and the {@code cairn} to run.
 */
final class ScaleProof {
  private static final String[] JVM = {"-Xmx64m", "-XX:+UseSerialGC"};

  private final Path folder;
  private final int packs;
  private final int blocksEach;
  private final String cairn;

  private ScaleProof(Path folder, int packs, int blocksEach, String cairn) {
    this.folder = folder;
    this.packs = packs;
    this.blocksEach = blocksEach;
    this.cairn = cairn;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    int packs = Integer.parseInt(args[1]);
    int blocks = Integer.parseInt(args[2]);
    Path folder = Files.createTempDirectory(Path.of(args[0]).toAbsolutePath(), "scale");
    try {
      new ScaleProof(folder, packs, blocks / packs, args[3]).run();
    } finally {
      delete(folder);
    }
  }

  /** The block of this number, the same in each JVM. */
  static Block block(long number) {
    return Block.raw(ByteBuffer.allocate(Long.BYTES + 1).putLong(number).put((byte) 7).array());
  }

  private void run() throws IOException, InterruptedException {
    Path small = make("one-pack", 1);
    Path large = make("many-packs", packs);
    System.out.printf(Locale.ROOT, "%nlook-ups in a JVM of %s%n", String.join(" ", JVM));
    System.out.println(ScaleProbe.HEADINGS);
    probe(small, "one pack", 1, "rest");
    probe(large, "no index yet", packs, "once");
    probe(large, "making it", packs, "write");
    System.out.println("  " + index(large));
    probe(large, "indexed", packs, "rest");
    probe(large, "again", packs, "rest");
    probe(large, "next writer", packs, "write");
    commands(small);
    commands(large);
  }

  private Path make(String name, int count) throws IOException {
    Path home = folder.resolve(name);
    long start = System.nanoTime();
    try (LocalStore store = LocalStore.open(home)) {
      Homes.put(store, block(-1));
    }
    IntStream.range(0, count).parallel().forEach(pack -> make(home, pack));
    System.out.printf(
        Locale.ROOT,
        "%s: %,d packs, %,d blocks, made in %.1f s%n",
        name,
        count,
        (long) count * blocksEach,
        seconds(start));
    return home;
  }

  /** What {@link PackWriter} does, but for forcing: nothing here is to survive a power loss. */
  private void make(Path home, int number) {
    Path temporary = home.resolve("tmp").resolve("scale-" + number);
    try {
      String name;
      try (DiskFile file = Disk.real().create(temporary)) {
        CarV2Writer car = new CarV2Writer(file::write, List.of(PackFormat.ROOT), true);
        MessageDigest heads = PackFormat.newHeadsDigest();
        for (int i = 0; i < blocksEach; i++) {
          Block block = block((long) number * blocksEach + i);
          heads.update(CarSection.head(block.cid(), block.size()));
          car.put(block);
        }
        car.put(PackFormat.seal(heads.digest(), PackFormat.NO_SALT));
        name = PackFormat.name(car.finish());
      }
      Disk.real().rename(temporary, home.resolve("packs").resolve(PackFormat.fileName(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String index(Path home) throws IOException {
    List<String> runs = new ArrayList<>();
    for (String name : Disk.real().list(home.resolve("index"))) {
      runs.add(String.format(Locale.ROOT, "%,d", Files.size(home.resolve("index").resolve(name))));
    }
    return "index: " + runs.size() + " runs of " + String.join(" and ", runs) + " bytes";
  }

  private void probe(Path home, String label, int count, String kind)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Arrays.asList(JVM));
    command.addAll(List.of("-cp", System.getProperty("java.class.path", "")));
    command.add(ScaleProbe.class.getName());
    long blocks = (long) count * blocksEach;
    command.addAll(List.of(home.toString(), label, Long.toString(blocks), kind));
    System.out.print(exec(command));
  }

  /** Whole processes, as a user starts them. */
  private void commands(Path home) throws IOException, InterruptedException {
    Path files = Files.createDirectories(folder.resolve("files"));
    Files.writeString(files.resolve("a.txt"), "a file of a folder\n");
    String in = home.toString();
    String added = exec(List.of(cairn, "--home", in, "add", files.toString())).strip();
    String root = added.substring(0, added.indexOf(' '));
    System.out.printf(
        Locale.ROOT,
        "%s: cairn add %.2f s, ls of it %.2f s, cat of it %.2f s, of an indexed block %.2f s%n",
        home.getFileName(),
        time(cairn, "--home", in, "add", files.toString()),
        time(cairn, "--home", in, "ls", root),
        time(cairn, "--home", in, "cat", root + "/a.txt"),
        time(cairn, "--home", in, "cat", block(5).cid().toString()));
  }

  /** Seconds, the least of five runs: other processes of the machine only ever add to them. */
  private static double time(String... command) throws IOException, InterruptedException {
    double least = Double.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long start = System.nanoTime();
      exec(List.of(command));
      least = Math.min(least, seconds(start));
    }
    return least;
  }

  private static String exec(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String out;
    try (InputStream in = process.getInputStream()) {
      out = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    if (process.waitFor() != 0) {
      throw new IOException(
          "Cannot run: " + String.join(" ", command) + " (exit " + process.exitValue() + ")");
    }
    return out;
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
