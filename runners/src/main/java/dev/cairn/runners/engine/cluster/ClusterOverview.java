package dev.cairn.runners.engine.cluster;

import dev.cairn.runners.engine.FlinkAddress;
import dev.cairn.runners.engine.FlinkRest;
import dev.cairn.runners.engine.FlinkSilentException;
import java.io.IOException;
import java.util.Optional;
import org.apache.flink.runtime.rest.handler.legacy.messages.ClusterOverviewWithVersion;

/**
 * What a JobManager tells of its cluster.
 *
 * @param taskManagers that it knows
 * @param slots all of these
 * @param freeSlots that no job has
 */
record ClusterOverview(int taskManagers, int slots, int freeSlots) {
  /** Asks once; empty if there is no answer. */
  static Optional<ClusterOverview> ask(FlinkAddress address) throws IOException {
    try (FlinkRest rest = FlinkRest.at(address)) {
      ClusterOverviewWithVersion told = rest.overview();
      return Optional.of(
          new ClusterOverview(
              told.getNumTaskManagersConnected(),
              told.getNumSlotsTotal(),
              told.getNumSlotsAvailable()));
    } catch (FlinkSilentException e) {
      return Optional.empty();
    }
  }
}
