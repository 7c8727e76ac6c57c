package dev.cairn.io.format;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Takes the rows of a table, one after another, into a file. {@link #close} ends the file; a writer
 * that failed leaves none that is whole. For one thread.
 */
public interface RowWriter extends Closeable {
  /**
   * Adds a row.
   *
   * @throws dev.cairn.io.table.InvalidRowException naming the column whose value the file cannot
   *     hold; nothing of the row is written
   */
  void write(@Nullable Object[] row) throws IOException;
}
