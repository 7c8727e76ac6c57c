package dev.cairn.io.store;

/** A file or a folder of a {@link SimDisk}. */
abstract class SimNode {
  /** When it changed last: nanoseconds since 1970, rounded as the disk does. */
  long changed;
}
