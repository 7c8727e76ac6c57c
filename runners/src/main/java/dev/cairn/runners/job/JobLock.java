package dev.cairn.runners.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to run a job: one process has it, and loses it with its end, however that comes. It is
 * a lock of the system on a file that nobody reads, for closing any channel of a locked file gives
 * the lock back; who has it is told in a file beside.
 */
public final class JobLock implements Closeable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private JobLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the right.
   *
   * @param folder the job's
   * @throws JobBusyException if another run has it, naming that
   */
  static JobLock take(Path folder, JobSpec job) throws IOException {
    Path file = folder.toAbsolutePath().normalize().resolve("lock");
    if (!HELD.add(file)) {
      throw busy(folder, job);
    }
    boolean taken = false;
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() == null) {
        throw busy(folder, job);
      }
      taken = true;
      Map<String, Object> owner =
          Map.of("pid", ProcessHandle.current().pid(), "since", Instant.now().toString());
      Files.writeString(ownerFile(folder), JSON.writeValueAsString(owner));
      return new JobLock(file, channel);
    } finally {
      if (!taken) {
        HELD.remove(file);
        channel.close();
      }
    }
  }

  private static JobBusyException busy(Path folder, JobSpec job) throws IOException {
    return new JobBusyException(job.name(), owner(folder, job, Instant.now()));
  }

  /** Who runs a job, and whether for longer than it may take. */
  static String owner(Path folder, JobSpec job, Instant now) throws IOException {
    if (!Files.exists(ownerFile(folder))) {
      return "it has only just begun";
    }
    JsonNode owner = JSON.readTree(ownerFile(folder).toFile());
    String since = owner.path("since").asText();
    String who = "process " + owner.path("pid").asLong() + " runs it since " + since;
    boolean stuck =
        !since.isEmpty()
            && Duration.between(Instant.parse(since), now).compareTo(job.stuckAfter()) > 0;
    return stuck ? who + ", which is longer than stuck_after " + job.stuckAfter() : who;
  }

  private static Path ownerFile(Path folder) {
    return folder.resolve("running.json");
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(ownerFile(file.resolveSibling("")));
    channel.close();
    HELD.remove(file);
  }
}
