package dev.cairn.io.sort;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** How items are kept in a file while they are sorted. Stateless. */
public interface SortCodec<T> {
  /** About how many bytes an item takes in memory. */
  long memory(T item);

  void write(T item, DataOutputStream out) throws IOException;

  T read(DataInputStream in) throws IOException;
}
