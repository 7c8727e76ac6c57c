package dev.cairn.io.dataset;

/**
 * An input that could not be processed: kept, never dropped.
 *
 * @param origin the file below the input root
 * @param id of the record, empty if it is not known
 * @param stage of the run that refused it
 * @param code a stable name of the fault
 * @param reason what was found and what was expected; ours, never an exception's message
 * @param excerpt the start of what was refused, at most {@value #MAX_EXCERPT} characters of it
 */
public record DeadLetter(
    String origin, String id, String stage, String code, String reason, String excerpt) {
  /** Code points of an excerpt at most: enough to recognize, too few to publish a text by it. */
  public static final int MAX_EXCERPT = 200;

  private static final int REPLACEMENT = 0xfffd;

  public DeadLetter {
    excerpt = printable(excerpt);
  }

  /** Cut to size; control characters and lone surrogates replaced, so that any reader shows it. */
  private static String printable(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .limit(MAX_EXCERPT)
        .map(c -> Character.isISOControl(c) || isSurrogate(c) ? REPLACEMENT : c)
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
