package dev.cairn.io.store;

import dev.cairn.io.cid.Multihash;
import java.io.IOException;

/** Finds a block's section in one pack. Safe for use by several threads. */
@FunctionalInterface
interface OffsetIndex {
  /** Bytes from the payload's start to the section of {@code multihash}, or -1. */
  long find(Multihash multihash) throws IOException;
}
