package dev.cairn.pipelines;

/** Hears how a run goes. Called by the run's thread and by one that watches the work. */
public interface RunListener {
  /** Something a person wants to know. */
  void note(String text);

  /**
   * How far the work is.
   *
   * @param tokens embedded so far
   * @param expected about how many there will be
   * @param seconds since the work began
   */
  void progress(long tokens, long expected, double seconds);
}
