package dev.cairn.runners.cli;

import dev.cairn.runners.engine.cluster.ClusterStatus;
import dev.cairn.runners.engine.cluster.SessionCluster;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cairn cluster status}. */
@Command(
    name = "status",
    description = "Tells whether the cluster runs, and where.",
    mixinStandardHelpOptions = true)
final class ClusterStatusCommand implements Callable<Integer> {
  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    Optional<ClusterStatus> status =
        new SessionCluster(Distribution.folder(), home.resolver().home()).status();
    if (status.isEmpty()) {
      output.note("no cluster (cairn cluster start)");
      return ExitCode.NO_TARGET;
    }
    ClusterLine.print(output, status.get());
    return status.get().answers() ? ExitCode.DONE : ExitCode.STORAGE;
  }
}
