package dev.cairn.runners.cli;

import dev.cairn.runners.engine.cluster.SessionCluster;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cairn cluster stop}. */
@Command(
    name = "stop",
    description = "Ends the cluster's processes, and with them its jobs.",
    mixinStandardHelpOptions = true)
final class ClusterStopCommand implements Callable<Integer> {
  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    boolean stopped = new SessionCluster(Distribution.folder(), home.resolver().home()).stop();
    output.result(Map.of("stopped", stopped), stopped ? "stopped" : "no cluster");
    return ExitCode.DONE;
  }
}
