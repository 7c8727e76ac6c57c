package dev.cairn.pipelines;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many records may be what they should not be, failed or changed: a count, or a share of all.
 *
 * @param limit a number of records, or per cent
 * @param percent true if {@code limit} is per cent
 */
public record Allowance(BigDecimal limit, boolean percent) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,4})?)(%?)");
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /**
   * Reads {@code N} or {@code P%}.
   *
   * @param option that sets it, for the error
   * @throws IllegalArgumentException if it is neither
   */
  public static Allowance parse(String option, String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw refused(option, text);
    }
    BigDecimal limit = new BigDecimal(form.group(1));
    boolean percent = !form.group(2).isEmpty();
    boolean tooMuch = percent && limit.compareTo(HUNDRED) > 0;
    boolean broken = !percent && limit.scale() > 0;
    if (tooMuch || broken) {
      throw refused(option, text);
    }
    return new Allowance(limit, percent);
  }

  /** True if {@code count} of {@code total} records are too many. */
  boolean exceededBy(long count, long total) {
    BigDecimal counted = BigDecimal.valueOf(count);
    if (!percent) {
      return counted.compareTo(limit) > 0;
    }
    return counted.multiply(HUNDRED).compareTo(limit.multiply(BigDecimal.valueOf(total))) > 0;
  }

  private static IllegalArgumentException refused(String option, String text) {
    return new IllegalArgumentException(
        "Cannot set " + option + ": " + text + " (a count such as 10, or a share such as 5%)");
  }

  @Override
  public String toString() {
    return limit.toPlainString() + (percent ? "%" : "");
  }
}
