package dev.cairn.runners.job;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * When a job runs: the five fields of crontab (minute, hour, day of month, month, day of week) in a
 * time zone. Of the two days at most one may be restricted: schedulers disagree on what both mean.
 * Immutable.
 */
public final class Schedule {
  private static final CronParser PARSER =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

  /** A January that begins on a Monday: where fields are tried out. */
  private static final ZonedDateTime MONDAY =
      LocalDateTime.of(2024, 1, 1, 0, 0).atZone(ZoneOffset.UTC);

  private final String expression;
  private final List<String> fields;
  private final ZoneId zone;
  private final ExecutionTime times;

  private Schedule(String expression, List<String> fields, ZoneId zone, Cron cron) {
    this.expression = expression;
    this.fields = fields;
    this.zone = zone;
    this.times = ExecutionTime.forCron(cron);
  }

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Schedule of(String expression, ZoneId zone) {
    List<String> fields = List.of(expression.strip().split("\\s+"));
    try {
      Cron cron = PARSER.parse(String.join(" ", fields)).validate();
      if (!fields.get(2).equals("*") && !fields.get(4).equals("*")) {
        throw new IllegalArgumentException("a day of month and a day of week");
      }
      return new Schedule(String.join(" ", fields), fields, zone, cron);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "schedule: "
              + expression
              + " (minute, hour, day of month, month, day of week, as in crontab, and one of the"
              + " days only): "
              + e.getMessage(),
          e);
    }
  }

  /** The five fields. */
  public String expression() {
    return expression;
  }

  public ZoneId zone() {
    return zone;
  }

  /** The first time behind {@code after}; empty if there is none. */
  public Optional<Instant> next(Instant after) {
    return times.nextExecution(after.atZone(zone)).map(ZonedDateTime::toInstant);
  }

  /** The last time at or before {@code now}; empty if there was none. */
  public Optional<Instant> last(Instant now) {
    ZonedDateTime minute = now.atZone(zone).truncatedTo(ChronoUnit.MINUTES);
    return times.isMatch(minute)
        ? Optional.of(minute.toInstant())
        : times.lastExecution(minute).map(ZonedDateTime::toInstant);
  }

  /** The same as {@code OnCalendar=} of systemd. */
  public String toCalendar() {
    String days = values(4, ChronoUnit.DAYS, 7, Schedule::dayName);
    String date =
        "*-"
            + values(3, ChronoUnit.MONTHS, 12, at -> String.valueOf(at.getMonthValue()))
            + "-"
            + values(2, ChronoUnit.DAYS, 31, at -> String.valueOf(at.getDayOfMonth()));
    String time =
        values(1, ChronoUnit.HOURS, 24, at -> String.valueOf(at.getHour()))
            + ":"
            + values(0, ChronoUnit.MINUTES, 60, at -> String.valueOf(at.getMinute()))
            + ":00";
    return (days.equals("*") ? "" : days + " ") + date + " " + time + " " + zone.getId();
  }

  private static String dayName(ZonedDateTime at) {
    String day = DayOfWeek.from(at).name();
    return day.charAt(0) + day.substring(1, 3).toLowerCase(Locale.ROOT);
  }

  /** The values that a field allows, found by trying all with the smaller fields at their first. */
  private String values(
      int field, TemporalUnit unit, int count, Function<ZonedDateTime, String> name) {
    List<String> only = new ArrayList<>(List.of("0", "0", "1", "1", "*"));
    for (int larger = field + 1; larger < 5; larger++) {
      only.set(larger, "*");
    }
    if (field == 4) {
      only = new ArrayList<>(List.of("0", "0", "*", "*", "*"));
    }
    only.set(field, fields.get(field));
    ExecutionTime times = ExecutionTime.forCron(PARSER.parse(String.join(" ", only)));
    List<String> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ZonedDateTime at = MONDAY.plus(i, unit);
      if (times.isMatch(at)) {
        values.add(name.apply(at));
      }
    }
    return values.size() == count ? "*" : values.stream().collect(Collectors.joining(","));
  }
}
