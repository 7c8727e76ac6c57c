package dev.cairn.transforms.record;

import dev.cairn.io.table.TableSchema;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table beside documents and chunks that a source makes of the same documents, and whose rows
 * point at other documents by what these are called. Which document that is depends on the whole
 * dataset, so it is filled in last: {@link #targetColumn} is null until then. Stateless; it travels
 * with the job.
 */
public interface SideTable extends Serializable {
  /** Takes rows. */
  @FunctionalInterface
  interface Rows {
    void add(@Nullable Object[] row) throws IOException;
  }

  /** The table's name, and that of its folder in a dataset. */
  String name();

  TableSchema schema();

  /** Makes a document's rows, in order. */
  void write(Document document, Rows rows) throws IOException;

  /** The columns of the documents table that tell what a document is called. */
  List<String> namingColumns();

  /**
   * What a document is called.
   *
   * @param values of {@link #namingColumns}, in order
   */
  List<String> namesOf(@Nullable Object[] values);

  /** The column by whose text a row points at the document that is called so. */
  String nameColumn();

  /** The column for that document's id; null where none, or more than one, is called so. */
  String targetColumn();
}
