package dev.cairn.runners.engine.cluster;

import java.util.List;

/**
 * How a session cluster is.
 *
 * @param rest where its REST interface and web page listen, {@code HOST:PORT}
 * @param jobManager process id of the JobManager; 0 if it does not run
 * @param taskManagers process ids of the TaskManagers that run
 * @param registered TaskManagers that the JobManager knows
 * @param slots all slots of these
 * @param freeSlots those that no job has
 * @param answers true if the REST interface answers
 */
public record ClusterStatus(
    String rest,
    long jobManager,
    List<Long> taskManagers,
    int registered,
    int slots,
    int freeSlots,
    boolean answers) {
  public ClusterStatus {
    taskManagers = List.copyOf(taskManagers);
  }
}
