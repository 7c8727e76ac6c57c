package dev.cairn.io.store;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@code writers/<random>} that says this process writes here: what lies in {@code tmp/}
 * under its id, and what it counts on in packs, is not garbage while it lives. The heartbeat is for
 * other machines; on this one the process id and its start decide.
 */
final class WriterRegistration {
  private static final Logger LOG = LoggerFactory.getLogger(WriterRegistration.class);
  private static final String TITLE = "cairn-writer ";
  private static final int HEARTBEAT_SECONDS = 30;
  private static final int ID_BYTES = 8;
  private static final Path KERNEL_HOST_NAME = Path.of("/proc/sys/kernel/hostname");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final AtomicLong NUMBERS = new AtomicLong();

  private final Home home;
  private final String id;
  private final ScheduledExecutorService heartbeat;
  private boolean closed;

  private WriterRegistration(Home home, String id) {
    this.home = home;
    this.id = id;
    this.heartbeat =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "cairn-store-heartbeat");
              thread.setDaemon(true);
              return thread;
            });
  }

  static WriterRegistration register(Home home) throws IOException {
    WriterRegistration mine = new WriterRegistration(home, randomId());
    mine.write();
    var unused =
        mine.heartbeat.scheduleWithFixedDelay(
            mine::beat, HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
    return mine;
  }

  static String randomId() {
    byte[] id = new byte[ID_BYTES];
    RANDOM.nextBytes(id);
    return HexFormat.of().formatHex(id);
  }

  static long nextNumber() {
    return NUMBERS.incrementAndGet();
  }

  /**
   * Reads a registration, which may end meanwhile.
   *
   * @throws dev.cairn.io.block.IntegrityException if it is damaged
   */
  static void check(Home home, String id) throws IOException {
    Path file = home.folder("writers").resolve(id);
    try {
      SmallFile.read(home.disk(), file, TITLE + id);
    } catch (NoSuchFileException e) {
      LOG.debug("Writer has ended: {}", id, e);
    }
  }

  String id() {
    return id;
  }

  synchronized void close() throws IOException {
    closed = true;
    heartbeat.shutdown();
    home.disk().delete(file());
  }

  private Path file() {
    return home.folder("writers").resolve(id);
  }

  private synchronized void beat() {
    if (closed) {
      return;
    }
    try {
      write();
    } catch (IOException e) {
      LOG.warn("Cannot renew writer: {} (tried again in {} s)", id, HEARTBEAT_SECONDS, e);
    }
  }

  private void write() throws IOException {
    ProcessHandle process = ProcessHandle.current();
    String body =
        String.join(
            "\n",
            "host " + hostName(),
            "pid " + process.pid(),
            "started " + process.info().startInstant().map(Instant::toString).orElse("unknown"),
            "heartbeat " + Instant.now());
    Path temporary = home.folder("tmp").resolve(id + "-" + nextNumber());
    home.writeDurably(temporary, file(), SmallFile.encode(TITLE + id, body));
  }

  /** The kernel's word where there is one: resolving the own name may wait for a name server. */
  private static String hostName() throws IOException {
    return Files.isReadable(KERNEL_HOST_NAME)
        ? Files.readString(KERNEL_HOST_NAME).strip()
        : InetAddress.getLocalHost().getHostName();
  }
}
