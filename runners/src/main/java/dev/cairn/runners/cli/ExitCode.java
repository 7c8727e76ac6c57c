package dev.cairn.runners.cli;

/** What a command's exit code says to a script (cli.md). */
final class ExitCode {
  static final int DONE = 0;
  static final int BUG = 1;
  static final int USAGE = 2;
  static final int INPUT_FAILED = 3;
  static final int INTEGRITY = 4;
  static final int NO_TARGET = 5;
  static final int STORAGE = 6;
  static final int CONFLICT = 7;
  static final int QUEUED = 10;
  static final int TERMINATED = 143;

  private ExitCode() {}
}
