package dev.cairn.runners.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a run of a job went.
 *
 * @param exit 0 if all steps did well, 10 if something is queued for the node, else the exit code
 *     of the first step that failed
 * @param steps those that were begun
 */
public record JobResult(
    String job, Instant started, Instant ended, int exit, List<StepResult> steps) {
  /**
   * How a step went.
   *
   * @param output what it printed, as JSON
   */
  public record StepResult(String name, int exit, double seconds, JsonNode output) {}

  public JobResult {
    steps = List.copyOf(steps);
  }

  /** Its fields by their names in JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("job", job);
    fields.put("outcome", exit == 0 || exit == 10 ? "done" : "failed");
    fields.put("exit", exit);
    fields.put("started", started.toString());
    fields.put("ended", ended.toString());
    fields.put("steps", steps.stream().map(JobResult::toMap).toList());
    return fields;
  }

  private static Map<String, Object> toMap(StepResult step) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("step", step.name());
    fields.put("exit", step.exit());
    fields.put("seconds", step.seconds());
    fields.put("result", step.output());
    return fields;
  }
}
