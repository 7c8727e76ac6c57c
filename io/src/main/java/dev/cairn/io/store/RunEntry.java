package dev.cairn.io.store;

/**
 * Where a run says that a block is.
 *
 * @param run the run's file name
 * @param pack the pack's name
 * @param offset bytes from the pack's payload to the section
 * @param length bytes of the section
 */
record RunEntry(String run, String pack, long offset, int length) {}
