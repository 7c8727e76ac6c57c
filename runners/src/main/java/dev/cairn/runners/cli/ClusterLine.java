package dev.cairn.runners.cli;

import dev.cairn.runners.engine.cluster.ClusterStatus;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How a cluster's status is told. */
final class ClusterLine {
  private ClusterLine() {}

  /** Prints the REST address, which {@code --flink-master} takes; the rest is for people. */
  static void print(OutputOptions output, ClusterStatus status) {
    output.note(
        String.format(
            Locale.ROOT,
            "Flink %s: JobManager %s, %d TaskManagers (%d registered), %d of %d slots free; "
                + "its page is http://%s",
            status.answers() ? "runs" : "does not answer",
            status.jobManager() == 0 ? "ended" : status.jobManager(),
            status.taskManagers().size(),
            status.registered(),
            status.freeSlots(),
            status.slots(),
            status.rest()));
    output.result(fields(status), status.rest());
  }

  private static Map<String, Object> fields(ClusterStatus status) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("rest", status.rest());
    fields.put("answers", status.answers());
    if (status.jobManager() != 0) {
      fields.put("jobmanager_pid", status.jobManager());
    }
    fields.put("taskmanager_pids", status.taskManagers());
    fields.put("taskmanagers", status.registered());
    fields.put("slots", status.slots());
    fields.put("slots_free", status.freeSlots());
    return fields;
  }
}
