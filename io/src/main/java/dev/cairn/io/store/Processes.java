package dev.cairn.io.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells whether a process of this machine still runs, known by its id and its start. */
public final class Processes {
  /**
   * Seconds by which two processes may tell the start of a third differently: it is computed from
   * the time of the boot, which moves when the clock is set.
   */
  private static final long START_TOLERANCE = 10;

  private static final Logger LOG = LoggerFactory.getLogger(Processes.class);

  private Processes() {}

  /** The second of a process's start; 0 where the system does not tell. */
  public static long started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::getEpochSecond).orElse(0L);
  }

  /** True if the process of this id that started then has not ended. */
  public static boolean runs(long pid, long started) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> Math.abs(started(process) - started) <= START_TOLERANCE)
        .filter(process -> !isZombie(pid))
        .isPresent();
  }

  /**
   * True of one that has ended and that nobody has waited for: in a container whose first process
   * does not, it stays so, and Java takes it for alive. Its state stands behind its name, which may
   * have anything in it, in {@code /proc/PID/stat} (proc_pid_stat(5)).
   */
  private static boolean isZombie(long pid) {
    Path stat = Path.of("/proc", Long.toString(pid), "stat");
    try {
      String line = Files.readString(stat, StandardCharsets.ISO_8859_1);
      int state = line.lastIndexOf(')') + 2;
      return line.length() > state && line.charAt(state) == 'Z';
    } catch (IOException e) {
      LOG.debug("No {} here", stat, e);
      return false;
    }
  }
}
