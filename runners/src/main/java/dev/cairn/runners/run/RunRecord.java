package dev.cairn.runners.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.io.store.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;

/**
 * What is remembered of a run while it works, and of a detached one afterwards. Immutable.
 *
 * @param run its name, which is also its commit's
 * @param ref that it moves
 * @param pid of its launcher
 * @param started the second of that process's start
 * @param since when the run began
 * @param cluster the Flink cluster that does its jobs, {@code HOST:PORT}; empty for none
 */
public record RunRecord(
    String run, String ref, long pid, long started, Instant since, String cluster) {
  static final String FILE = "run.json";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** The record of a run whose launcher is {@code process}. */
  public static RunRecord of(String run, String ref, ProcessHandle process, String cluster) {
    return new RunRecord(
        run, ref, process.pid(), Processes.started(process), Instant.now(), cluster);
  }

  /** Reads what {@link #write} wrote. */
  static RunRecord read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    try {
      JsonNode node = JSON.readTree(file.toFile());
      return new RunRecord(
          String.valueOf(folder.getFileName()),
          node.required("ref").textValue(),
          node.required("pid").longValue(),
          node.required("started").longValue(),
          Instant.parse(node.required("since").textValue()),
          node.required("cluster").textValue());
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      throw new IOException("Cannot read run: " + file + " (as cairn wrote it)", e);
    }
  }

  void write(Path folder) throws IOException {
    ObjectNode node =
        JSON.createObjectNode()
            .put("ref", ref)
            .put("pid", pid)
            .put("started", started)
            .put("since", since.toString())
            .put("cluster", cluster);
    Path part = folder.resolve(FILE + ".part");
    Files.writeString(part, node.toPrettyString());
    Files.move(
        part,
        folder.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** True while the launcher lives. */
  boolean isAlive() {
    return Processes.runs(pid, started);
  }
}
