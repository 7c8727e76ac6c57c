package dev.cairn.io.store;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The machine that this process runs on. */
final class RealMachine implements Machine {
  static final RealMachine INSTANCE = new RealMachine();

  private static final Logger LOG = LoggerFactory.getLogger(RealMachine.class);
  private static final int ID_BYTES = 8;
  private static final Path KERNEL_HOST_NAME = Path.of("/proc/sys/kernel/hostname");
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path PID_NAMESPACE = Path.of("/proc/self/ns/pid");

  private static final SecureRandom RANDOM = new SecureRandom();

  private RealMachine() {}

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public String randomId() {
    byte[] id = new byte[ID_BYTES];
    RANDOM.nextBytes(id);
    return HexFormat.of().formatHex(id);
  }

  @Override
  public ProcessMark self() {
    ProcessHandle process = ProcessHandle.current();
    return new ProcessMark(hostName(), world(), process.pid(), Processes.started(process));
  }

  @Override
  public boolean runs(ProcessMark mark) {
    return Processes.runs(mark.pid(), mark.started());
  }

  @Override
  public Closeable every(Duration period, Runnable task) {
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "cairn-store-heartbeat");
              thread.setDaemon(true);
              return thread;
            });
    long nanos = period.toNanos();
    var unused = timer.scheduleWithFixedDelay(task, nanos, nanos, TimeUnit.NANOSECONDS);
    return timer::shutdown;
  }

  /** The kernel's word where there is one: resolving the own name may wait for a name server. */
  private static String hostName() {
    String kernel = read(KERNEL_HOST_NAME);
    if (!kernel.isEmpty()) {
      return kernel;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      LOG.debug("This machine has no name", e);
      return "unknown";
    }
  }

  /** Two containers may have one name, and a process id of both. */
  private static String world() {
    String namespace = "";
    try {
      namespace = Files.readSymbolicLink(PID_NAMESPACE).toString();
    } catch (IOException | UnsupportedOperationException e) {
      LOG.debug("No namespaces here", e);
    }
    return (read(BOOT) + " " + namespace).strip();
  }

  private static String read(Path file) {
    try {
      return Files.isReadable(file) ? Files.readString(file).strip() : "";
    } catch (IOException e) {
      LOG.debug("Cannot read {}", file, e);
      return "";
    }
  }
}
