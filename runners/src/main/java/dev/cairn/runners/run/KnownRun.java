package dev.cairn.runners.run;

import dev.cairn.transforms.embed.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A run of a home, as its folder tells: {@code run.json}, of a detached one {@code out}, {@code
 * err} and in the end {@code exit}. Safe for use by several threads and processes.
 */
public final class KnownRun {
  private static final String OUT = "out";
  private static final String ERR = "err";
  static final String EXIT = "exit";
  static final String CANCELLED = "cancelled";

  /** How a run stands. */
  public enum State {
    RUNNING,
    DONE,
    FAILED,
    CANCELLED,
    /** Its launcher ended without a word; a job of it on a cluster may go on. */
    KILLED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Path folder;
  private final RunRecord record;

  KnownRun(Path folder, RunRecord record) {
    this.folder = folder;
    this.record = record;
  }

  public RunRecord record() {
    return record;
  }

  /** What it prints; only a detached one has it. */
  public Path out() {
    return folder.resolve(OUT);
  }

  /** What it says; only a detached one has it. */
  public Path err() {
    return folder.resolve(ERR);
  }

  /** The exit code; null as long as a run has none, and of one that was killed. */
  public @Nullable Integer exitCode() throws IOException {
    try {
      String code = Files.readString(folder.resolve(EXIT), StandardCharsets.US_ASCII);
      return Integer.valueOf(code.strip());
    } catch (NoSuchFileException e) {
      return null;
    } catch (NumberFormatException e) {
      throw new IOException("Cannot read exit code: " + folder.resolve(EXIT) + " (a number)", e);
    }
  }

  public State state() throws IOException {
    boolean alive = record.isAlive(); // before the code: it is written last
    Integer code = exitCode();
    if (code == null && alive) {
      return State.RUNNING;
    }
    if (code != null && (code == 0 || code == 10)) {
      return State.DONE;
    }
    if (Files.exists(folder.resolve(CANCELLED))) {
      return State.CANCELLED;
    }
    return code == null ? State.KILLED : State.FAILED;
  }

  /** The names that its jobs have on an engine; none if it did not come so far. */
  public List<String> jobs() throws IOException {
    Path job = folder.resolve("job");
    if (!Files.exists(job)) {
      return List.of();
    }
    String embed = Files.readString(job, StandardCharsets.US_ASCII);
    return List.of(embed.replaceFirst("^cairn-embed-", "cairn-plan-"), embed);
  }

  /** Tokens that its workers have embedded. */
  public long tokens() throws IOException {
    Path progress = folder.resolve("progress");
    return Files.isDirectory(progress) ? Progress.tokensIn(progress) : 0;
  }

  /** Tells its launcher to end, which cancels its job. */
  public void cancel() throws IOException {
    Files.writeString(folder.resolve(CANCELLED), "");
    if (record.isAlive()) {
      ProcessHandle.of(record.pid()).ifPresent(ProcessHandle::destroy);
    }
  }
}
