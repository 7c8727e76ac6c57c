package dev.cairn.io.store;

/** Ends a simulated process at its next act of the disk. No code under test catches it. */
final class SimKilled extends Error {
  private static final long serialVersionUID = 1L;

  SimKilled() {
    super("killed", null, false, false);
  }
}
