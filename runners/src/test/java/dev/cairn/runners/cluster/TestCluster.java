package dev.cairn.runners.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A session cluster that {@code cairn cluster start} started. */
record TestCluster(Cairn cairn, int taskManagers, int slots) implements AutoCloseable {
  static TestCluster start(Cairn cairn, int taskManagers, int slots) {
    TestCluster cluster = new TestCluster(cairn, taskManagers, slots);
    cluster.heal();
    return cluster;
  }

  /** Replaces what has died; the address stays. */
  void heal() {
    cairn.run("cluster", "start", "--taskmanagers", taskManagers, "--slots", slots);
  }

  String rest() {
    return status().path("rest").asText();
  }

  JsonNode status() {
    return cairn.run("cluster", "status");
  }

  long jobManager() {
    return status().path("jobmanager_pid").asLong();
  }

  List<Long> taskManagerPids() {
    List<Long> pids = new ArrayList<>();
    status().path("taskmanager_pids").forEach(pid -> pids.add(pid.asLong()));
    return pids;
  }

  static void kill(long pid) {
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }

  @Override
  public void close() {
    cairn.run("cluster", "stop");
  }
}
