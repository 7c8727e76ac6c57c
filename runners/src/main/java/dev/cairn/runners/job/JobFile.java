package dev.cairn.runners.job;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads job files: YAML 1.2. A step is a command with its options by their long names, {@code _} or
 * {@code -} between words; docs/nightly.md describes all.
 */
public final class JobFile {
  /** Characters at most: a job is a page, not a program. */
  private static final int MAX_CHARS = 1 << 20;

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,63}");
  private static final Pattern OPTION = Pattern.compile("[a-z][a-z0-9_-]*");
  private static final Pattern DURATION = Pattern.compile("(\\d{1,6})([mhd])");
  private static final Duration STUCK_AFTER = Duration.ofHours(12);

  /** What may be a step; each ends by itself and can be given again. */
  private static final Set<String> COMMANDS =
      Set.of(
          "scan hub",
          "embed caselaw",
          "embed hub",
          "embed table",
          "convert",
          "add",
          "export",
          "prune",
          "gc",
          "sync",
          "verify");

  private static final Set<String> FIELDS =
      Set.of("job", "schedule", "timezone", "missed", "on_failure", "stuck_after", "steps");

  /** Options that say where a job works: that is for who runs it. */
  private static final Set<String> NOT_IN_STEPS = Set.of("detach", "home", "json", "quiet");

  private final Path file;

  private JobFile(Path file) {
    this.file = file;
  }

  /**
   * Reads a file.
   *
   * @throws JobException if it is no job, naming the field
   * @throws IOException if it cannot be read
   */
  public static JobSpec read(Path file) throws IOException, JobException {
    JobFile reader = new JobFile(file.toAbsolutePath().normalize());
    try {
      return reader.spec(reader.fields(load(Files.readString(file)), "the file"));
    } catch (YamlEngineException e) {
      throw new JobException("Cannot read job: " + file + " (YAML: " + e.getMessage() + ")", e);
    } catch (MalformedInputException e) {
      throw new JobException("Cannot read job: " + file + " (text in UTF-8)", e);
    }
  }

  private static Object load(String yaml) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel("job")
            .setCodePointLimit(MAX_CHARS)
            .setAllowDuplicateKeys(false)
            .setMaxAliasesForCollections(10)
            .build();
    return new Load(settings).loadFromString(yaml);
  }

  private JobSpec spec(Map<String, Object> fields) throws JobException {
    for (String field : fields.keySet()) {
      if (!FIELDS.contains(field)) {
        throw refusal(field, "one of " + FIELDS.stream().sorted().toList());
      }
    }
    String name = fields.get("job") instanceof String text ? text : "";
    if (!NAME.matcher(name).matches()) {
      throw refusal("job: " + name, NAME.pattern());
    }
    boolean goOn = oneOf(fields, "on_failure", "stop", "continue");
    return new JobSpec(
        name,
        schedule(fields),
        !oneOf(fields, "missed", "run", "skip"),
        stuckAfter(fields.get("stuck_after")),
        steps(fields.get("steps"), goOn),
        file);
  }

  private @Nullable Schedule schedule(Map<String, Object> fields) throws JobException {
    Object zone = fields.get("timezone");
    Object cron = fields.get("schedule");
    try {
      String name = zone == null ? "UTC" : String.valueOf(zone);
      if (!ZoneId.getAvailableZoneIds().contains(name)) { // schedulers know no offsets
        throw refusal("timezone: " + name, "such as Europe/Berlin");
      }
      ZoneId place = ZoneId.of(name);
      Schedule schedule = cron == null ? null : Schedule.of(String.valueOf(cron), place);
      if (schedule != null && schedule.next(Instant.now()).isEmpty()) {
        throw refusal("schedule: " + cron, "a time that comes");
      }
      return schedule;
    } catch (DateTimeException e) {
      throw new JobException(
          "Cannot use job: " + file + ": timezone: " + zone + " (such as Europe/Berlin)", e);
    } catch (IllegalArgumentException e) {
      throw new JobException("Cannot use job: " + file + ": " + e.getMessage(), e);
    }
  }

  /** False for the first word, which is also the default; true for the second. */
  private boolean oneOf(Map<String, Object> fields, String field, String first, String second)
      throws JobException {
    String word = fields.containsKey(field) ? String.valueOf(fields.get(field)) : first;
    if (!word.equals(first) && !word.equals(second)) {
      throw refusal(field + ": " + word, first + " or " + second);
    }
    return word.equals(second);
  }

  private Duration stuckAfter(@Nullable Object value) throws JobException {
    if (value == null) {
      return STUCK_AFTER;
    }
    Matcher form = DURATION.matcher(String.valueOf(value));
    if (!form.matches()) {
      throw refusal("stuck_after: " + value, "such as 90m, 6h or 2d");
    }
    long count = Long.parseLong(form.group(1));
    return switch (form.group(2)) {
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  private List<Step> steps(@Nullable Object value, boolean goOn) throws JobException {
    if (!(value instanceof List<?> list) || list.isEmpty()) {
      throw refusal("steps", "a list of commands, at least one");
    }
    List<Step> steps = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Object item : list) {
      Map<String, Object> step =
          item instanceof String word ? Map.of(word, Map.of()) : fields(item, "a step");
      if (step.size() != 1) {
        throw refusal("a step with " + step.keySet(), "one command and its options below it");
      }
      String command = step.keySet().iterator().next();
      if (!COMMANDS.contains(command)) {
        throw refusal("step " + command, "one of " + COMMANDS.stream().sorted().toList());
      }
      Object options = step.get(command);
      String name = names.add(command) ? command : command + " " + (steps.size() + 1);
      steps.add(step(name, command, options == null ? Map.of() : fields(options, command), goOn));
    }
    return steps;
  }

  private Step step(String name, String command, Map<String, Object> options, boolean goOn)
      throws JobException {
    List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
    boolean own = options.containsKey("on_failure");
    boolean goesOn = own ? oneOf(options, "on_failure", "stop", "continue") : goOn;
    for (Map.Entry<String, Object> option : options.entrySet()) {
      String key = option.getKey();
      if (!OPTION.matcher(key).matches() || NOT_IN_STEPS.contains(key)) {
        throw refusal(name + ": " + key, "an option of cairn " + command);
      }
      if (!key.equals("on_failure") && !key.equals("arguments")) {
        add(words, "--" + key.replace('_', '-'), values(name + ": " + key, option.getValue()));
      }
    }
    for (Object argument : values(name, options.get("arguments"))) {
      String word = String.valueOf(argument);
      if (word.startsWith("-")) {
        throw refusal(name + ": arguments: " + word, "options stand by their names");
      }
      words.add(word);
    }
    return new Step(name, words, goesOn);
  }

  private static void add(List<String> words, String flag, List<?> values) {
    for (Object each : values) {
      if (each instanceof Boolean set) {
        if (set) {
          words.add(flag);
        }
      } else {
        words.add(flag + "=" + each);
      }
    }
  }

  private List<?> values(String what, @Nullable Object value) throws JobException {
    if (value == null) {
      return List.of();
    }
    List<?> values = value instanceof List<?> list ? list : List.of(value);
    for (Object each : values) {
      if (each == null || each instanceof List<?> || each instanceof Map<?, ?>) {
        throw refusal(what + ": " + each, "a value, or a list of values");
      }
    }
    return values;
  }

  private Map<String, Object> fields(@Nullable Object value, String what) throws JobException {
    if (!(value instanceof Map<?, ?> map)) {
      throw refusal(what, "names with values");
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    map.forEach((key, each) -> fields.put(String.valueOf(key), each));
    return fields;
  }

  private JobException refusal(String found, String rule) {
    return new JobException("Cannot use job: " + file + ": " + found + " (" + rule + ")");
  }
}
