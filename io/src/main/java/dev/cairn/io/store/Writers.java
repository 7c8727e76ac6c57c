package dev.cairn.io.store;

import dev.cairn.io.block.IntegrityException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who writes to a home. A process of this machine lives as long as it runs; one of another machine,
 * or of another container, as long as its heartbeat is younger than an hour.
 */
final class Writers {
  static final String FOLDER = "writers";

  /** Many times the heartbeat's 30 seconds, and more than clocks of a network differ by. */
  private static final Duration SILENCE = Duration.ofHours(1);

  private static final String TITLE = "cairn-writer ";

  private final Home home;

  Writers(Home home) {
    this.home = home;
  }

  static byte[] encode(String id, ProcessMark process, Instant heartbeat) {
    String body =
        String.join(
            "\n",
            "host " + process.host(),
            "world " + process.world(),
            "pid " + process.pid(),
            "started " + process.started(),
            "heartbeat " + heartbeat);
    return SmallFile.encode(TITLE + id, body);
  }

  /** The ids of all writers' files, dead or alive. */
  List<String> ids() throws IOException {
    return home.disk().list(home.folder(FOLDER));
  }

  /**
   * The ids of writers that live.
   *
   * @throws IntegrityException if a file is damaged: whether its writer lives cannot be told
   */
  Set<String> alive() throws IOException {
    Set<String> alive = new TreeSet<>();
    for (String id : ids()) {
      if (isAlive(id)) {
        alive.add(id);
      }
    }
    return alive;
  }

  /** Looks whether a writer's file can be read; one that ended meanwhile can. */
  void check(String id) throws IOException {
    var unused = isAlive(id);
  }

  /**
   * Deletes what dead writers left: their files in {@code tmp/} and then their own, and files in
   * {@code tmp/} of nobody's that are an hour old.
   */
  void bury() throws IOException {
    // Files first: whoever made one of them is known by then, or is about to be.
    List<String> files = home.disk().list(home.folder("tmp"));
    List<String> known = ids();
    Set<String> dead = new TreeSet<>();
    for (String id : known) {
      if (!isAlive(id)) {
        dead.add(id);
      }
    }
    Instant old = home.machine().now().minus(SILENCE);
    for (String file : files) {
      Path path = home.folder("tmp").resolve(file);
      String owner = file.substring(0, Math.max(0, file.indexOf('-')));
      // A writer puts its registration together in tmp/, so it may be about to be known.
      boolean ofNobody = !known.contains(owner) && home.changed(path).isBefore(old);
      if (dead.contains(owner) || ofNobody) {
        home.disk().delete(path);
      }
    }
    for (String id : dead) {
      home.disk().delete(home.folder(FOLDER).resolve(id));
    }
  }

  private boolean isAlive(String id) throws IOException {
    Path file = home.folder(FOLDER).resolve(id);
    String body;
    try {
      body = SmallFile.read(home.disk(), file, TITLE + id);
    } catch (NoSuchFileException e) {
      return false;
    }
    Map<String, String> fields = new HashMap<>();
    body.lines()
        .forEach(
            line -> fields.put(line.substring(0, line.indexOf(' ') + 1).strip(), valueOf(line)));
    try {
      ProcessMark process =
          new ProcessMark(
              field(fields, "host"),
              field(fields, "world"),
              Long.parseLong(field(fields, "pid")),
              Long.parseLong(field(fields, "started")));
      Instant heartbeat = Instant.parse(field(fields, "heartbeat"));
      return process.sameMachine(home.machine().self())
          ? home.machine().runs(process)
          : heartbeat.plus(SILENCE).isAfter(home.machine().now());
    } catch (DateTimeException | NumberFormatException e) {
      throw new IntegrityException("Cannot read writer: " + file + " (as written)", null, e);
    }
  }

  private static String valueOf(String line) {
    return line.substring(line.indexOf(' ') + 1);
  }

  private static String field(Map<String, String> fields, String name) {
    @Nullable String value = fields.get(name);
    return value == null ? "" : value;
  }
}
