package dev.cairn.pipelines.history;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.DataFile;
import dev.cairn.io.format.ParquetTableReader;
import dev.cairn.io.table.Column;
import dev.cairn.io.table.RowDigest;
import dev.cairn.io.table.TableSchema;
import dev.cairn.io.unixfs.UnixFs;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rows of one table of a dataset in key order, by id and digest. For one thread. */
final class TableCursor implements Closeable {
  private final UnixFs store;
  private final List<DataFile> files;
  private final String idColumn;
  private final Set<String> without;
  private int at;
  private @Nullable ParquetTableReader rows;
  private @Nullable RowDigest digest;
  private @Nullable Row head;
  private boolean started;

  /**
   * A row.
   *
   * @param content SHA-256 of all that it says
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by Arrays.equals
  record Row(String id, byte[] content) {}

  /**
   * Reads files in their order.
   *
   * @param without columns that are not compared
   */
  TableCursor(UnixFs store, List<DataFile> files, String idColumn, Set<String> without) {
    this.store = store;
    this.files = files;
    this.idColumn = idColumn;
    this.without = without;
  }

  /** The file whose first row is next, not read yet; null inside a file and behind the last. */
  @Nullable Cid fileStart() throws IOException {
    if (started && head == null && rows != null) {
      read(rows); // its next row, or its end
    }
    return !started && at < files.size() ? files.get(at).cid() : null;
  }

  /** Passes over the file at whose start this is. */
  void skipFile() throws IOException {
    close();
    at++;
  }

  /** The next row, which stays; null behind the last. */
  @Nullable Row peek() throws IOException {
    while (head == null && at < files.size()) {
      if (rows == null) {
        rows = ParquetTableReader.open(store.open(files.get(at).cid()));
        digest = digest(rows.schema());
      }
      read(rows);
    }
    return head;
  }

  /** Takes the row of {@link #peek}. */
  void take() {
    head = null;
    started = true;
  }

  private void read(ParquetTableReader from) throws IOException {
    @Nullable Object[] row = from.next();
    if (row == null) {
      skipFile();
    } else if (digest != null) {
      String id = String.valueOf(row[from.schema().indexOf(idColumn)]);
      head = new Row(id, digest.digest(row));
    }
  }

  private RowDigest digest(TableSchema schema) {
    Set<String> columns =
        schema.columns().stream().map(Column::name).collect(Collectors.toUnmodifiableSet());
    return RowDigest.without(
        schema, without.stream().filter(columns::contains).collect(Collectors.toSet()));
  }

  @Override
  public void close() throws IOException {
    head = null;
    started = false;
    if (rows != null) {
      rows.close();
      rows = null;
    }
  }
}
