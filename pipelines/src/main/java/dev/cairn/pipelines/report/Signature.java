package dev.cairn.pipelines.report;

import dev.cairn.io.dataset.DeadLetter;
import java.util.regex.Pattern;

/**
 * Dead letters of one kind: those whose code and reason differ in numbers only.
 *
 * @param reason with {@code N} for each number
 */
record Signature(String stage, String code, String reason) {
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  static Signature of(DeadLetter letter) {
    return new Signature(
        letter.stage(), letter.code(), NUMBER.matcher(letter.reason()).replaceAll("N"));
  }
}
