package dev.cairn.runners.cli;

import dev.cairn.io.store.tier.StorePolicy;
import dev.cairn.pipelines.Engine;
import dev.cairn.pipelines.Sharing;
import dev.cairn.runners.engine.Engines;
import dev.cairn.runners.engine.FlinkAddress;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a run's jobs are done by. */
final class EngineOptions {
  private static final String LOCAL = "[local]";

  private enum SharedStore {
    FOLDER,
    KUBO
  }

  private enum Runner {
    DIRECT,
    FLINK
  }

  @Option(names = "--runner", defaultValue = "direct", paramLabel = "direct|flink")
  private Runner runner = Runner.DIRECT;

  @Option(
      names = "--flink-master",
      defaultValue = LOCAL,
      paramLabel = "[local]|HOST:PORT",
      description = "Flink in this process, or a cluster's REST address.")
  private String flinkMaster = LOCAL;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Shards at a time (default: the processors, on a cluster its slots).")
  private @Nullable Integer parallelism;

  @Option(
      names = "--cluster-timeout",
      defaultValue = "300",
      paramLabel = "SECONDS",
      description =
          "How long to wait for a cluster that does not answer (default: ${DEFAULT-VALUE}).")
  private long clusterTimeout;

  @Option(
      names = "--shared-store",
      defaultValue = "folder",
      paramLabel = "folder|kubo",
      description =
          "What a cluster's workers share with this command: the folder of its store, or no more"
              + " than the node (default: ${DEFAULT-VALUE}).")
  private SharedStore sharedStore = SharedStore.FOLDER;

  /** Refuses what cannot be, before anything starts. */
  void check() {
    if (parallelism != null && parallelism < 1) {
      throw new UsageException("Cannot use --parallelism: " + parallelism + " (at least 1)");
    }
    if (clusterTimeout < 0) {
      throw new UsageException("Cannot use --cluster-timeout: " + clusterTimeout + " (at least 0)");
    }
    if (isSharedNode() && !isCluster()) {
      throw new UsageException(
          "Cannot use --shared-store: kubo (with --runner flink --flink-master HOST:PORT)");
    }
    if (isCluster()) {
      address();
      Distribution.jobJar();
    }
  }

  /** True if jobs run in other processes than this. */
  boolean isCluster() {
    return runner == Runner.FLINK && !flinkMaster.equals(LOCAL);
  }

  /** The cluster's address; empty if there is none. */
  String cluster() {
    return isCluster() ? address().toString() : "";
  }

  /** True if workers share no more than a node. */
  boolean isSharedNode() {
    return sharedStore == SharedStore.KUBO;
  }

  /**
   * What workers share with the launcher.
   *
   * @throws UsageException if that is a node and there is none
   */
  Sharing sharing(StorePolicy policy) {
    Sharing sharing = sharing();
    try {
      sharing.check(policy);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
    return sharing;
  }

  private Sharing sharing() {
    if (isSharedNode()) {
      return Sharing.NODE;
    }
    return isRemote() ? Sharing.FOLDER : Sharing.FILES;
  }

  /** True if workers are on other machines, as far as the address tells. */
  boolean isRemote() {
    return isCluster() && !address().isLoopback();
  }

  /**
   * The engine.
   *
   * @param listener hears what happens to jobs on a cluster
   */
  Engine start(Consumer<String> listener) {
    if (isCluster()) {
      return Engines.flinkCluster(
          address(),
          parallelism,
          Distribution.jobJar(),
          Duration.ofSeconds(clusterTimeout),
          listener);
    }
    int workers = parallelism == null ? Runtime.getRuntime().availableProcessors() : parallelism;
    return runner == Runner.DIRECT ? Engines.direct(workers) : Engines.flinkLocal(workers);
  }

  private FlinkAddress address() {
    try {
      return FlinkAddress.parse(flinkMaster);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }
}
