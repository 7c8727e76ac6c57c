package dev.cairn.runners.cli;

import dev.cairn.pipelines.RunListener;
import java.io.Closeable;
import java.util.Locale;

/**
 * Tells a run's progress on standard error: a live line on a terminal, a plain line now and then
 * where it is piped.
 */
final class ProgressLine implements RunListener, Closeable {
  private static final double PLAIN_EVERY_SECONDS = 15;

  private final OutputOptions output;
  private final boolean live = Boolean.getBoolean("cairn.terminal");
  private double told;
  private boolean open;

  ProgressLine(OutputOptions output) {
    this.output = output;
  }

  @Override
  public synchronized void note(String text) {
    endLine();
    output.note(text);
  }

  @Override
  public synchronized void progress(long tokens, long expected, double seconds) {
    double rate = tokens / seconds;
    String line =
        String.format(
            Locale.ROOT,
            "embedding: %d of about %d tokens, %.0f tokens/s, about %s left",
            tokens,
            expected,
            rate,
            duration(Math.max(0, expected - tokens) / rate));
    if (live) {
      output.live(line);
      open = true;
    } else if (seconds - told >= PLAIN_EVERY_SECONDS) {
      told = seconds;
      output.note(line);
    }
  }

  @Override
  public synchronized void close() {
    endLine();
  }

  private void endLine() {
    if (open) {
      output.note("");
      open = false;
    }
  }

  private static String duration(double seconds) {
    long whole = Math.round(seconds);
    return whole < 60
        ? whole + " s"
        : whole < 3600
            ? whole / 60 + " min"
            : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole / 60 % 60);
  }
}
