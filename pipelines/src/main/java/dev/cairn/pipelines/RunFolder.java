package dev.cairn.pipelines;

import dev.cairn.transforms.record.StoreProof;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a run keeps in the store's folder while it works: the word that proves to workers that they
 * see the same store, and the files in which they tell how far they are. A run that was killed
 * leaves it behind: the job that it started on a cluster may still write there.
 */
final class RunFolder implements Closeable {
  private static final int WORD_BYTES = 16;
  private static final String JOB = "job";
  private static final String PROGRESS = "progress";

  private final Path runs;
  private final Path folder;

  private RunFolder(Path runs, Path folder) {
    this.runs = runs;
    this.folder = folder;
  }

  static RunFolder make(String home, String run, String job) throws IOException {
    Path runs = Path.of(home, "runs");
    Path folder = runs.resolve(run);
    Files.createDirectories(folder.resolve(PROGRESS));
    Files.writeString(folder.resolve(JOB), job, StandardCharsets.US_ASCII);
    return new RunFolder(runs, folder);
  }

  StoreProof newProof() throws IOException {
    byte[] word = new byte[WORD_BYTES];
    new SecureRandom().nextBytes(word);
    StoreProof proof =
        new StoreProof(folder.resolve("proof").toString(), HexFormat.of().formatHex(word));
    proof.write();
    return proof;
  }

  /** Where workers tell how far they are. */
  Path progress() {
    return folder.resolve(PROGRESS);
  }

  /** The same of all runs of one job: one that was killed has left its workers behind. */
  List<Path> progressOf(String job) throws IOException {
    List<Path> found = new ArrayList<>();
    try (var all = Files.newDirectoryStream(runs)) {
      for (Path other : all) {
        Path name = other.resolve(JOB);
        if (Files.isRegularFile(name)
            && Files.readString(name, StandardCharsets.US_ASCII).equals(job)) {
          found.add(other.resolve(PROGRESS));
        }
      }
    }
    return found;
  }

  @Override
  public void close() throws IOException {
    List<Path> all;
    try (Stream<Path> paths = Files.walk(folder)) {
      all = paths.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }
}
