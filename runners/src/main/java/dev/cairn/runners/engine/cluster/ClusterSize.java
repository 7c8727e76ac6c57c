package dev.cairn.runners.engine.cluster;

/**
 * What a cluster is started with.
 *
 * @param taskManagers at least 1
 * @param slots of each TaskManager, at least 1
 * @param prometheus true to tell metrics to Prometheus, at ports from 9250, on all addresses
 */
public record ClusterSize(int taskManagers, int slots, boolean prometheus) {
  public ClusterSize {
    if (taskManagers < 1 || slots < 1) {
      throw new IllegalArgumentException(
          "Cannot start cluster: "
              + taskManagers
              + " TaskManagers of "
              + slots
              + " slots (at least 1 of each)");
    }
  }
}
