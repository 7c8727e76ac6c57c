package dev.cairn.io.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@code writers/<random>} that says this process writes here: what lies in {@code tmp/}
 * under its id, and what it counts on in packs, is not garbage while it lives. It is there, forced,
 * before the process lists packs. See {@link Writers} for how others read it.
 */
final class WriterRegistration {
  private static final Logger LOG = LoggerFactory.getLogger(WriterRegistration.class);
  private static final Duration HEARTBEAT = Duration.ofSeconds(30);

  private final Home home;
  private final String id;
  private final ProcessMark self;
  private Closeable heartbeat = () -> {};
  private boolean closed;
  private boolean lost;

  private WriterRegistration(Home home, String id) {
    this.home = home;
    this.id = id;
    this.self = home.machine().self();
  }

  static WriterRegistration register(Home home) throws IOException {
    WriterRegistration mine = new WriterRegistration(home, home.machine().randomId());
    mine.write();
    mine.heartbeat = home.machine().every(HEARTBEAT, mine::beat);
    return mine;
  }

  String id() {
    return id;
  }

  /**
   * True if the file is gone: after an hour without a heartbeat, as of a machine that slept, others
   * take a writer for dead. What it counted on may have been collected.
   */
  synchronized boolean isLost() {
    return lost;
  }

  void close() throws IOException {
    synchronized (this) {
      closed = true;
    }
    heartbeat.close();
    home.disk().delete(file());
  }

  private Path file() {
    return home.folder(Writers.FOLDER).resolve(id);
  }

  private synchronized void beat() {
    if (closed || lost) {
      return;
    }
    try {
      lost = !home.disk().exists(file());
      if (!lost) {
        write();
      }
    } catch (IOException e) {
      LOG.warn("Cannot renew writer: {} (tried again in {} s)", id, HEARTBEAT.toSeconds(), e);
    }
  }

  private void write() throws IOException {
    byte[] bytes = Writers.encode(id, self, home.machine().now());
    home.writeDurably(home.temporaryOf(id, ""), file(), bytes);
  }
}
