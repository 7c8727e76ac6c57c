package dev.cairn.transforms.embed;

import dev.cairn.io.block.BlockStore;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.format.ParquetTableReader;
import dev.cairn.io.table.ColumnType;
import dev.cairn.io.table.TableSchema;
import dev.cairn.io.unixfs.UnixFs;
import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The vectors in files of a chunks table, one after another. For one thread. */
final class VectorRows implements Closeable {
  /** The column of {@link VectorKey#title}. */
  static final String TITLE = "title";

  private final UnixFs store;
  private final Iterator<Cid> files;
  private final boolean titles;
  private final TableSchema schema;
  private @Nullable ParquetTableReader rows;

  /** A row. */
  record Row(String id, VectorKey key, Vector vector) {}

  /** A vector in a record, which is never compared. */
  @SuppressWarnings("ArrayRecordComponent")
  record Vector(float[] values) {}

  /**
   * Reads files in their order.
   *
   * @param titles true if chunks were embedded behind their document's title
   * @param dimension of the vectors; a file of others is malformed
   */
  VectorRows(BlockStore store, List<Cid> files, boolean titles, int dimension) {
    this.store = new UnixFs(store);
    this.files = files.iterator();
    this.titles = titles;
    TableSchema.Builder columns =
        TableSchema.builder()
            .column("id", ColumnType.string(), true)
            .column("text_cid", ColumnType.string(), true)
            .column("embedding", ColumnType.vector(dimension), true);
    this.schema = (titles ? columns.column(TITLE, ColumnType.string(), false) : columns).build();
  }

  /** The next row, null behind the last. */
  @Nullable Row next() throws IOException {
    while (true) {
      if (rows == null) {
        if (!files.hasNext()) {
          return null;
        }
        rows = ParquetTableReader.open(store.open(files.next()), schema);
      }
      @Nullable Object[] row = rows.next();
      if (row != null) {
        return row(row);
      }
      close();
    }
  }

  private Row row(@Nullable Object[] row) throws IOException {
    String title = titles ? TitleLine.inRow(row[3]) : "";
    VectorKey key = new VectorKey(Cid.parse(String.valueOf(row[1])), title);
    return new Row(
        String.valueOf(row[0]), key, new Vector((float[]) Objects.requireNonNull(row[2])));
  }

  @Override
  public void close() throws IOException {
    if (rows != null) {
      rows.close();
      rows = null;
    }
  }
}
