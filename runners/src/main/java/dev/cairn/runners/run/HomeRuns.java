package dev.cairn.runners.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs of a home, each in a folder of its name below {@code runs/}. Safe for use by several
 * processes.
 */
public final class HomeRuns {
  /** Names to a detached launcher the folder of the run that it is. */
  public static final String VARIABLE = "CAIRN_DETACHED_RUN";

  private static final Logger LOG = LoggerFactory.getLogger(HomeRuns.class);

  private static final Duration KEPT = Duration.ofDays(30);

  private final Path runs;

  public HomeRuns(Path home) {
    this.runs = home.resolve("runs").toAbsolutePath();
  }

  /** Those that work, and detached ones that have ended, the youngest first. */
  public List<KnownRun> list() throws IOException {
    List<KnownRun> found = new ArrayList<>();
    if (!Files.isDirectory(runs)) {
      return found;
    }
    try (var folders = Files.newDirectoryStream(runs)) {
      for (Path folder : folders) {
        find(String.valueOf(folder.getFileName())).ifPresent(found::add);
      }
    }
    found.sort(Comparator.comparing((KnownRun run) -> run.record().since()).reversed());
    return found;
  }

  /** One of them by its name. */
  public Optional<KnownRun> find(String run) throws IOException {
    Path folder = runs.resolve(run);
    try {
      return runs.equals(folder.getParent())
              && folder.equals(folder.normalize())
              && Files.exists(folder.resolve(RunRecord.FILE))
          ? Optional.of(new KnownRun(folder, RunRecord.read(folder)))
          : Optional.empty();
    } catch (NoSuchFileException | java.io.FileNotFoundException e) {
      LOG.debug("It has just ended", e);
      return Optional.empty();
    }
  }

  /** Remembers a run that begins in this process; unless it is a detached one, which is known. */
  public void begin(RunRecord record) throws IOException {
    Path folder = Files.createDirectories(runs.resolve(record.run()));
    if (!Files.exists(folder.resolve(RunRecord.FILE))) {
      record.write(folder);
    }
    forgetOld();
  }

  /** Of runs that ended long ago the reports stay: a job of theirs on a cluster has ended too. */
  private void forgetOld() throws IOException {
    FileTime longAgo = FileTime.from(Instant.now().minus(KEPT));
    try (var folders = Files.newDirectoryStream(runs, Files::isDirectory)) {
      for (Path folder : folders) {
        Optional<KnownRun> old = find(String.valueOf(folder.getFileName()));
        boolean works = old.isPresent() && old.get().state() == KnownRun.State.RUNNING;
        if (!works && Files.getLastModifiedTime(folder).compareTo(longAgo) < 0) {
          deleteFilesIn(folder.resolve("progress"), "");
          deleteIfEmpty(folder.resolve("progress"));
          deleteFilesIn(folder, "report.json");
          deleteIfEmpty(folder);
        }
      }
    }
  }

  private static void deleteFilesIn(Path folder, String kept) throws IOException {
    if (Files.isDirectory(folder)) {
      try (var files = Files.newDirectoryStream(folder, Files::isRegularFile)) {
        for (Path file : files) {
          if (!file.endsWith(kept)) {
            Files.deleteIfExists(file);
          }
        }
      }
    }
  }

  private static void deleteIfEmpty(Path folder) throws IOException {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      LOG.debug("There is more in it, such as a report", e);
    }
  }

  /** Forgets a run that has ended in this process; what else is in its folder stays. */
  public void end(String run) throws IOException {
    Path folder = runs.resolve(run);
    Files.deleteIfExists(folder.resolve(RunRecord.FILE));
    Files.deleteIfExists(folder.resolve(KnownRun.CANCELLED));
    deleteIfEmpty(folder);
  }

  /**
   * Starts a run that goes on by itself.
   *
   * @param run its name
   * @param command Cairn's launcher and the words of the command
   */
  public RunRecord detach(String run, String ref, List<String> command, String cluster)
      throws IOException {
    Path folder = Files.createDirectories(runs.resolve(run));
    Process process =
        Background.start(
            command,
            Path.of("").toAbsolutePath(),
            Map.of(VARIABLE, folder.toString()),
            folder.resolve("out"),
            folder.resolve("err"));
    RunRecord record = RunRecord.of(run, ref, process.toHandle(), cluster);
    record.write(folder);
    return record;
  }

  /** The name of the run that this process is, if it was detached. */
  public static Optional<String> detached() {
    return Optional.ofNullable(System.getenv(VARIABLE))
        .map(folder -> String.valueOf(Path.of(folder).getFileName()));
  }

  /** Remembers how the run that this process is ended, if it was detached. */
  public static void ended(int code) throws IOException {
    String folder = System.getenv(VARIABLE);
    if (folder != null && Files.isDirectory(Path.of(folder))) {
      Files.writeString(Path.of(folder, KnownRun.EXIT), code + "\n", StandardCharsets.US_ASCII);
    }
  }
}
