package dev.cairn.io.format;

import dev.cairn.io.table.TableSchema;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Rows of a table in a file, one after another, in bounded memory. For one thread. */
public interface RowReader extends Closeable {
  /** The columns of the rows. */
  TableSchema schema();

  /**
   * The next row, or null after the last.
   *
   * @throws dev.cairn.io.cid.MalformedContentException if the file is not what its kind promises;
   *     there is no further row then
   */
  @Nullable Object @Nullable [] next() throws IOException;
}
