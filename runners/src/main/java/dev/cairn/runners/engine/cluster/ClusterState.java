package dev.cairn.runners.engine.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is remembered of a cluster between two commands. Immutable.
 *
 * @param restPort where REST listens
 * @param rpcPort where the JobManager listens for TaskManagers
 * @param slots of a TaskManager
 * @param prometheus true if the processes tell their metrics to Prometheus
 * @param processes those that were started, dead or alive
 */
record ClusterState(
    int restPort, int rpcPort, int slots, boolean prometheus, List<FlinkProcess> processes) {
  static final String JOB_MANAGER = "jobmanager";
  private static final String TASK_MANAGER = "taskmanager-";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  ClusterState {
    processes = List.copyOf(processes);
  }

  static String taskManager(int number) {
    return TASK_MANAGER + number;
  }

  static Optional<ClusterState> read(Path file) throws IOException {
    try {
      JsonNode node = JSON.readTree(file.toFile());
      List<FlinkProcess> processes = new ArrayList<>();
      for (JsonNode one : node.required("processes")) {
        processes.add(
            new FlinkProcess(
                one.required("name").textValue(),
                one.required("pid").longValue(),
                one.required("started").longValue()));
      }
      return Optional.of(
          new ClusterState(
              node.required("rest_port").intValue(),
              node.required("rpc_port").intValue(),
              node.required("slots").intValue(),
              node.required("prometheus").booleanValue(),
              processes));
    } catch (NoSuchFileException | java.io.FileNotFoundException e) {
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      throw new IOException("Cannot read cluster: " + file + " (as cairn cluster start wrote)", e);
    }
  }

  void write(Path file) throws IOException {
    ObjectNode node =
        JSON.createObjectNode()
            .put("rest_port", restPort)
            .put("rpc_port", rpcPort)
            .put("slots", slots)
            .put("prometheus", prometheus);
    ArrayNode list = node.putArray("processes");
    for (FlinkProcess process : processes) {
      list.addObject()
          .put("name", process.name())
          .put("pid", process.pid())
          .put("started", process.started());
    }
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(part, node.toPrettyString());
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The processes of a role that run. */
  List<FlinkProcess> alive(boolean jobManager) {
    return processes.stream()
        .filter(p -> p.name().equals(JOB_MANAGER) == jobManager)
        .filter(FlinkProcess::isAlive)
        .toList();
  }

  /** The same with only the processes that run, and one more. */
  ClusterState with(FlinkProcess started) {
    List<FlinkProcess> now = new ArrayList<>(processes);
    now.removeIf(p -> !p.isAlive());
    now.add(started);
    return new ClusterState(restPort, rpcPort, slots, prometheus, now);
  }
}
