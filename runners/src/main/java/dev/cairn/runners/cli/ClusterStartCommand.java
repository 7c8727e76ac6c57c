package dev.cairn.runners.cli;

import dev.cairn.runners.engine.cluster.ClusterSize;
import dev.cairn.runners.engine.cluster.ClusterStatus;
import dev.cairn.runners.engine.cluster.SessionCluster;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cairn cluster start}. */
@Command(
    name = "start",
    description = "Starts a JobManager and TaskManagers, or replaces those that have died.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ClusterStartCommand implements Callable<Integer> {
  @Option(
      names = "--taskmanagers",
      paramLabel = "N",
      description = "TaskManagers (default: 1, or as many as run).")
  private @Nullable Integer taskManagers;

  @Option(
      names = "--slots",
      paramLabel = "N",
      description = "Slots of a TaskManager (default: its share of the processors).")
  private @Nullable Integer slots;

  @Option(
      names = "--prometheus",
      description = "Tell metrics to Prometheus at ports from 9250, which listen on all addresses.")
  private boolean prometheus;

  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    SessionCluster cluster = new SessionCluster(Distribution.folder(), home.resolver().home());
    ClusterStatus status = cluster.start(size(cluster.size()));
    ClusterLine.print(output, status);
    return ExitCode.DONE;
  }

  private ClusterSize size(Optional<ClusterSize> running) {
    int managers =
        taskManagers == null ? running.map(ClusterSize::taskManagers).orElse(1) : taskManagers;
    int processors = Runtime.getRuntime().availableProcessors();
    int share = Math.max(1, processors / Math.max(1, managers));
    try {
      return new ClusterSize(
          managers,
          slots == null ? running.map(ClusterSize::slots).orElse(share) : slots,
          prometheus || running.map(ClusterSize::prometheus).orElse(false));
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }
}
