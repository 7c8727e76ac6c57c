package dev.cairn.runners.engine;

import java.io.IOException;
import java.util.List;
import org.apache.flink.runtime.client.JobStatusMessage;

/** What can be done with the jobs of a cluster beside following them. */
public final class FlinkJobs {
  private FlinkJobs() {}

  /** Cancels the live jobs of these names. */
  public static void cancel(FlinkAddress cluster, List<String> names) throws IOException {
    try (FlinkRest rest = FlinkRest.at(cluster)) {
      for (String name : names) {
        for (JobStatusMessage job : rest.jobs(name)) {
          if (!job.getJobState().isGloballyTerminalState()) {
            rest.cancel(job.getJobId());
          }
        }
      }
    }
  }
}
