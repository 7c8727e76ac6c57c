package dev.cairn.runners.engine.cluster;

import dev.cairn.io.block.Waits;
import dev.cairn.runners.engine.FlinkAddress;
import dev.cairn.runners.run.Background;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;

/**
 * The session cluster of a home on this machine: a JobManager and some TaskManagers, which listen
 * on 127.0.0.1 at ports that were free, and go on when the command that started them has ended. Its
 * files are in one folder; what it was started with is remembered there, so that starting it again
 * replaces what has died. Two commands on one cluster take turns. Safe for use by several
 * processes.
 */
public final class SessionCluster {
  /** Where it listens. */
  public static final String HOST = "127.0.0.1";

  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration STOP = Duration.ofSeconds(20);
  private static final String PROMETHEUS =
      "org.apache.flink.metrics.prometheus.PrometheusReporterFactory";

  /**
   * glibc's allocator keeps what jobs gave back, in an arena for each core and more: after ten jobs
   * a TaskManager had 660 MB of it, and 130 MB with two arenas (measured). Flink's own images take
   * another allocator for the same reason.
   */
  private static final Map<String, String> MEMORY = Map.of("MALLOC_ARENA_MAX", "2");

  private final Path flink;
  private final Path folder;

  /**
   * The cluster of a home.
   *
   * @param distribution Cairn's own folder, which has {@code flink/} in it
   * @param home the store's folder
   */
  public SessionCluster(Path distribution, Path home) {
    this.flink = distribution.resolve("flink").toAbsolutePath();
    this.folder = home.resolve("cluster").toAbsolutePath();
  }

  /**
   * Starts what does not run, and waits until all are there.
   *
   * @param wanted what to start; of a cluster that runs, only the number of TaskManagers changes
   * @throws ClusterException if it runs with other slots
   * @throws IOException if it does not come up
   */
  public ClusterStatus start(ClusterSize wanted) throws IOException {
    Files.createDirectories(folder.resolve("log"));
    Files.createDirectories(folder.resolve("tmp"));
    try (FileChannel file = lockFile()) {
      var unused = file.lock();
      ClusterState state = ClusterState.read(stateFile()).orElse(null);
      boolean fresh =
          state == null || (state.alive(true).isEmpty() && state.alive(false).isEmpty());
      if (state == null || fresh) {
        state = fresh(wanted);
      } else if (state.slots() != wanted.slots() || state.prometheus() != wanted.prometheus()) {
        throw new ClusterException(
            "Cannot start cluster: one runs with "
                + state.slots()
                + " slots a TaskManager"
                + (state.prometheus() ? " and --prometheus" : "")
                + " (the same, or cairn cluster stop first)");
      }
      if (state.alive(true).isEmpty()) {
        state = keep(state.with(launch(state, ClusterState.JOB_MANAGER)));
      }
      for (int number = 1; state.alive(false).size() < wanted.taskManagers(); number++) {
        String name = ClusterState.taskManager(number);
        if (state.alive(false).stream().noneMatch(p -> p.name().equals(name))) {
          state = keep(state.with(launch(state, name)));
        }
      }
      try {
        return await(state, Math.max(wanted.taskManagers(), state.alive(false).size()));
      } catch (IOException e) {
        if (fresh) {
          // Half a cluster would keep the ports that did not work.
          state.processes().forEach(FlinkProcess::terminate);
          Files.deleteIfExists(stateFile());
        }
        throw e;
      }
    }
  }

  /** What the cluster was started with; empty if there is none. */
  public Optional<ClusterSize> size() throws IOException {
    return ClusterState.read(stateFile())
        .filter(state -> !state.alive(true).isEmpty() || !state.alive(false).isEmpty())
        .map(
            state ->
                new ClusterSize(
                    Math.max(1, state.alive(false).size()), state.slots(), state.prometheus()));
  }

  /** How the cluster is; empty if there is none. */
  public Optional<ClusterStatus> status() throws IOException {
    Optional<ClusterState> state = ClusterState.read(stateFile());
    return state.isPresent() ? Optional.of(look(state.get())) : Optional.empty();
  }

  /**
   * Ends all processes and removes the cluster's files but its logs.
   *
   * @return false if there was none
   */
  public boolean stop() throws IOException {
    if (!Files.exists(folder)) {
      return false;
    }
    try (FileChannel file = lockFile()) {
      var unused = file.lock();
      Optional<ClusterState> state = ClusterState.read(stateFile());
      List<FlinkProcess> processes = state.map(ClusterState::processes).orElse(List.of());
      processes.forEach(FlinkProcess::terminate);
      for (FlinkProcess process : processes) {
        process.awaitEnd(STOP);
      }
      clear(folder.resolve("tmp"));
      Files.deleteIfExists(stateFile());
      return state.isPresent();
    } catch (InterruptedException e) {
      throw Waits.interrupted("waiting for the cluster", e);
    }
  }

  private ClusterState fresh(ClusterSize wanted) throws IOException {
    clear(folder.resolve("tmp"));
    Files.createDirectories(folder.resolve("tmp"));
    try (ServerSocket rest = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket rpc = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new ClusterState(
          rest.getLocalPort(), rpc.getLocalPort(), wanted.slots(), wanted.prometheus(), List.of());
    }
  }

  private ClusterState keep(ClusterState state) throws IOException {
    state.write(stateFile());
    return state;
  }

  private FlinkProcess launch(ClusterState state, String name) throws IOException {
    FlinkCommand commands = new FlinkCommand(flink, folder, settings(state));
    List<String> command =
        name.equals(ClusterState.JOB_MANAGER)
            ? commands.jobManager()
            : commands.taskManager(name, name + "-" + System.nanoTime(), state.slots());
    Path said = folder.resolve("log").resolve(name + ".out");
    Map<String, String> variables = new HashMap<>(MEMORY);
    // Where workers that share no more than a node with their launcher keep what they read.
    variables.put("CAIRN_HOME", String.valueOf(folder.getParent()));
    return FlinkProcess.of(name, Background.start(command, folder, variables, said, said));
  }

  private Map<String, String> settings(ClusterState state) {
    Map<String, String> settings = new HashMap<>();
    settings.put(JobManagerOptions.ADDRESS.key(), HOST);
    settings.put(JobManagerOptions.PORT.key(), Integer.toString(state.rpcPort()));
    settings.put(JobManagerOptions.BIND_HOST.key(), HOST);
    settings.put(RestOptions.ADDRESS.key(), HOST);
    settings.put(RestOptions.BIND_ADDRESS.key(), HOST);
    settings.put(RestOptions.BIND_PORT.key(), Integer.toString(state.restPort()));
    settings.put(RestOptions.PORT.key(), Integer.toString(state.restPort()));
    settings.put(TaskManagerOptions.HOST.key(), HOST);
    settings.put(TaskManagerOptions.BIND_HOST.key(), HOST);
    settings.put(TaskManagerOptions.RPC_PORT.key(), "0");
    settings.put(BlobServerOptions.PORT.key(), "0");
    settings.put(CoreOptions.TMP_DIRS.key(), folder.resolve("tmp").toString());
    if (state.prometheus()) {
      settings.put(MetricOptions.REPORTERS_LIST.key(), "prometheus");
      settings.put("metrics.reporter.prometheus.factory.class", PROMETHEUS);
      settings.put("metrics.reporter.prometheus.port", "9250-9350");
    }
    return settings;
  }

  private ClusterStatus await(ClusterState state, int taskManagers) throws IOException {
    long deadline = System.nanoTime() + START.toNanos();
    try {
      while (true) {
        ClusterStatus now = look(state);
        if (now.answers() && now.registered() >= taskManagers) {
          return now;
        }
        for (FlinkProcess process : state.processes()) {
          if (!process.isAlive()) {
            throw new IOException(
                "Cannot start cluster: "
                    + process.name()
                    + " has ended ("
                    + log(process)
                    + " tells why)");
          }
        }
        if (System.nanoTime() > deadline) {
          throw new IOException(
              "Cannot start cluster: "
                  + now.registered()
                  + " of "
                  + taskManagers
                  + " TaskManagers after "
                  + START.toSeconds()
                  + " s (see "
                  + folder.resolve("log")
                  + ")");
        }
        Thread.sleep(200);
      }
    } catch (InterruptedException e) {
      throw Waits.interrupted("waiting for the cluster", e);
    }
  }

  private ClusterStatus look(ClusterState state) throws IOException {
    FlinkAddress rest = new FlinkAddress(HOST, state.restPort());
    long jobManager = state.alive(true).stream().mapToLong(FlinkProcess::pid).findFirst().orElse(0);
    List<Long> taskManagers = state.alive(false).stream().map(FlinkProcess::pid).toList();
    Optional<ClusterOverview> overview = ClusterOverview.ask(rest);
    return new ClusterStatus(
        rest.toString(),
        jobManager,
        taskManagers,
        overview.map(ClusterOverview::taskManagers).orElse(0),
        overview.map(ClusterOverview::slots).orElse(0),
        overview.map(ClusterOverview::freeSlots).orElse(0),
        overview.isPresent());
  }

  private Path log(FlinkProcess process) {
    return folder.resolve("log").resolve(process.name() + ".log");
  }

  private Path stateFile() {
    return folder.resolve("cluster.json");
  }

  private FileChannel lockFile() throws IOException {
    return FileChannel.open(
        folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static void clear(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> paths = Files.walk(folder)) {
      all = paths.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }
}
