package dev.cairn.runners.job;

import java.util.List;

/**
 * A command of a job.
 *
 * @param name what it is called: its command, and its place where several are called so
 * @param words the command line behind {@code cairn}
 * @param goOn true if the job goes on when it fails
 */
public record Step(String name, List<String> words, boolean goOn) {
  public Step {
    words = List.copyOf(words);
  }
}
