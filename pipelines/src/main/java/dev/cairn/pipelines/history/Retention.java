package dev.cairn.pipelines.history;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Which versions of a dataset are kept: the last ones, and of the last days and weeks that have any
 * the last of each. Days and weeks are those of UTC, weeks begin on Monday. The present version is
 * always kept.
 *
 * @param last how many of the last
 * @param daily how many days
 * @param weekly how many weeks
 */
public record Retention(int last, int daily, int weekly) {

  public Retention {
    if (last < 0 || daily < 0 || weekly < 0 || last + daily + weekly < 1) {
      throw new IllegalArgumentException(
          "Cannot keep versions: last "
              + last
              + ", daily "
              + daily
              + ", weekly "
              + weekly
              + " (none negative, at least one)");
    }
  }

  /**
   * Those that are kept.
   *
   * @param history times of all versions, the newest first
   * @return their places in {@code history}
   */
  public Set<Integer> kept(List<Instant> history) {
    Set<Integer> kept = new HashSet<>();
    for (int i = 0; i < Math.min(Math.max(last, 1), history.size()); i++) {
      kept.add(i);
    }
    keepLastOfEach(history, daily, Function.identity(), kept);
    keepLastOfEach(history, weekly, Retention::week, kept);
    return kept;
  }

  private static <T> void keepLastOfEach(
      List<Instant> history, int count, Function<LocalDate, T> period, Set<Integer> kept) {
    List<T> seen = new ArrayList<>();
    for (int i = 0; i < history.size(); i++) {
      T of = period.apply(LocalDate.ofInstant(history.get(i), ZoneOffset.UTC));
      if (!seen.contains(of) && seen.size() < count) {
        seen.add(of);
        kept.add(i);
      }
    }
  }

  private static String week(LocalDate day) {
    return day.get(IsoFields.WEEK_BASED_YEAR) + "-" + day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
  }
}
