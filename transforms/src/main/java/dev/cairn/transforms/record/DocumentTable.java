package dev.cairn.transforms.record;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.table.Cardinality;
import dev.cairn.io.table.Column;
import dev.cairn.io.table.ColumnType;
import dev.cairn.io.table.RowDigest;
import dev.cairn.io.table.TableSchema;
import dev.cairn.transforms.text.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The documents table of a source: {@code id}, the source's own columns, {@code text}, {@code
 * parts}, and where the record came from. Immutable and thread-safe.
 */
public final class DocumentTable {
  private static final Set<String> ORIGIN = Set.of("source_cid", "source_path");

  private final TableSchema schema;
  private final RowDigest content;

  private DocumentTable(TableSchema schema) {
    this.schema = schema;
    this.content = RowDigest.without(schema, ORIGIN);
  }

  /** The table of a source's documents. */
  public static DocumentTable of(RecordSource source) {
    TableSchema.Builder columns = TableSchema.builder();
    columns.column("id", ColumnType.string(), true, Cardinality.DISTINCT);
    source
        .documentColumns()
        .forEach(c -> columns.column(c.name(), c.type(), c.required(), c.cardinality()));
    columns.column("text", ColumnType.string(), true, Cardinality.LARGE);
    columns.column("parts", ColumnType.list(partType()), true);
    columns.column("source_cid", ColumnType.string(), true, Cardinality.DISTINCT);
    columns.column("source_path", ColumnType.string(), true, Cardinality.DISTINCT);
    return new DocumentTable(columns.build());
  }

  public TableSchema schema() {
    return schema;
  }

  /** A document's row. */
  public Object[] row(Document document, Cid sourceCid, String sourcePath) {
    List<Object> row = new ArrayList<>(schema.columns().size());
    row.add(document.id());
    row.addAll(Arrays.asList(document.columns()));
    row.add(document.body().text());
    List<Object[]> parts = new ArrayList<>();
    for (Part part : document.body().parts()) {
      parts.add(new Object[] {part.kind(), part.author(), part.charStart(), part.charEnd()});
    }
    row.add(parts);
    row.add(sourceCid.toString());
    row.add(sourcePath);
    return row.toArray();
  }

  /** What a record says, wherever it lies: equal for copies of one record. */
  byte[] contentDigest(Object[] row) {
    return content.digest(row);
  }

  private static ColumnType partType() {
    return ColumnType.struct(
        List.of(
            Column.of("kind", ColumnType.string(), true),
            Column.of("author", ColumnType.string(), false),
            Column.of("char_start", ColumnType.int32(), true),
            Column.of("char_end", ColumnType.int32(), true)));
  }
}
