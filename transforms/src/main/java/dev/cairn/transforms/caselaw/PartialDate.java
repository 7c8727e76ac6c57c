package dev.cairn.transforms.caselaw;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A date of which only the year, or the year and month, may be known.
 *
 * @param year of the calendar, four digits
 * @param month 1 to 12, or null
 * @param day of the month, or null
 */
record PartialDate(int year, @Nullable Integer month, @Nullable Integer day) {
  private static final Pattern FORM = Pattern.compile("(\\d{4})(?:-(\\d{2})(?:-(\\d{2}))?)?");

  /** Reads {@code YYYY}, {@code YYYY-MM} or {@code YYYY-MM-DD}; null if it is no such date. */
  static @Nullable PartialDate parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return null;
    }
    Integer month = number(form.group(2));
    Integer day = number(form.group(3));
    PartialDate date = new PartialDate(Integer.parseInt(form.group(1)), month, day);
    return date.isInCalendar() ? date : null;
  }

  /** The year of a date in one of these forms, also where a time of day follows; else null. */
  static @Nullable Integer yearOf(@Nullable String text) {
    if (text == null) {
      return null;
    }
    int time = text.indexOf('T');
    PartialDate date = parse(time < 0 ? text : text.substring(0, time));
    return date == null ? null : (Integer) date.year();
  }

  private boolean isInCalendar() {
    try {
      LocalDate.of(year, month == null ? 1 : month, day == null ? 1 : day);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static @Nullable Integer number(@Nullable String digits) {
    return digits == null ? null : Integer.valueOf(digits);
  }
}
