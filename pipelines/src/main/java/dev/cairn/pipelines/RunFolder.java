package dev.cairn.pipelines;

import dev.cairn.transforms.record.StoreProof;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a run keeps in the store's folder while it works: the word that proves to workers that they
 * see the same store, and the files in which they tell how far they are. A run that was killed
 * leaves it behind: the job that it started on a cluster may still write there.
 */
final class RunFolder implements Closeable {
  private static final int WORD_BYTES = 16;
  private static final String JOB = "job";
  private static final String PROGRESS = "progress";
  private static final String PROOF = "proof";
  private static final Logger LOG = LoggerFactory.getLogger(RunFolder.class);

  private final Path runs;
  private final Path folder;
  private boolean done = true;

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

  /** The run's name. */
  String name() {
    return String.valueOf(folder.getFileName());
  }

  StoreProof newProof() throws IOException {
    StoreProof proof = new StoreProof(folder.resolve(PROOF).toString(), newWord());
    proof.write();
    return proof;
  }

  /** A word that nobody else knows; workers may look for it until {@link #done}. */
  String newWord() {
    byte[] word = new byte[WORD_BYTES];
    new SecureRandom().nextBytes(word);
    done = false;
    return HexFormat.of().formatHex(word);
  }

  /** Where workers tell how far they are. */
  Path progress() {
    return folder.resolve(PROGRESS);
  }

  /** The same of all runs of one job: one that was killed has left its workers behind. */
  List<Path> progressOf(String job) throws IOException {
    return runsOf(job).stream().map(run -> run.resolve(PROGRESS)).toList();
  }

  /** The names of this run and of those of the same job that were killed. */
  List<String> runsOfThisJob() throws IOException {
    String job = Files.readString(folder.resolve(JOB), StandardCharsets.US_ASCII);
    return runsOf(job).stream().map(run -> String.valueOf(run.getFileName())).toList();
  }

  private List<Path> runsOf(String job) throws IOException {
    List<Path> found = new ArrayList<>();
    try (var all = Files.newDirectoryStream(runs)) {
      for (Path other : all) {
        Path name = other.resolve(JOB);
        if (Files.isRegularFile(name)
            && Files.readString(name, StandardCharsets.US_ASCII).equals(job)) {
          found.add(other);
        }
      }
    }
    return found;
  }

  /** Says that no worker is left that could look for what is in here. */
  void done() {
    done = true;
  }

  /** Removes what was needed while it worked, unless a job of it may still go on. */
  @Override
  public void close() throws IOException {
    if (!done) {
      return;
    }
    Files.deleteIfExists(folder.resolve(JOB));
    Files.deleteIfExists(folder.resolve(PROOF));
    try (var workers = Files.newDirectoryStream(folder.resolve(PROGRESS))) {
      for (Path worker : workers) {
        Files.deleteIfExists(worker);
      }
    }
    try {
      Files.deleteIfExists(folder.resolve(PROGRESS));
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      LOG.debug("A worker that was given up writes on, or there is more in it", e);
    }
  }
}
