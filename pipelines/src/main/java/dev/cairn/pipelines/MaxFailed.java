package dev.cairn.pipelines;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many inputs may fail before a run does: a count, or a share of all records.
 *
 * @param limit a number of records, or per cent
 * @param percent true if {@code limit} is per cent
 */
public record MaxFailed(BigDecimal limit, boolean percent) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,4})?)(%?)");
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /**
   * Reads {@code N} or {@code P%}.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static MaxFailed parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw refused(text);
    }
    BigDecimal limit = new BigDecimal(form.group(1));
    boolean percent = !form.group(2).isEmpty();
    boolean tooMuch = percent && limit.compareTo(HUNDRED) > 0;
    boolean broken = !percent && limit.scale() > 0;
    if (tooMuch || broken) {
      throw refused(text);
    }
    return new MaxFailed(limit, percent);
  }

  /** True if {@code failed} of {@code total} records are too many. */
  boolean exceededBy(long failed, long total) {
    BigDecimal failures = BigDecimal.valueOf(failed);
    if (!percent) {
      return failures.compareTo(limit) > 0;
    }
    return failures.multiply(HUNDRED).compareTo(limit.multiply(BigDecimal.valueOf(total))) > 0;
  }

  private static IllegalArgumentException refused(String text) {
    return new IllegalArgumentException(
        "Cannot set --max-failed: " + text + " (a count such as 10, or a share such as 5%)");
  }

  @Override
  public String toString() {
    return limit.toPlainString() + (percent ? "%" : "");
  }
}
