package dev.cairn.transforms.embed;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.table.Cardinality;
import dev.cairn.io.table.ColumnType;
import dev.cairn.io.table.TableSchema;
import dev.cairn.transforms.record.RecordSource;
import dev.cairn.transforms.text.Chunk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The chunks table of a source: one row a chunk, with its vector. Immutable and thread-safe. */
public final class ChunkTable {
  private final TableSchema schema;

  private ChunkTable(TableSchema schema) {
    this.schema = schema;
  }

  /**
   * The table of a source's chunks.
   *
   * @param vector the type of their vectors
   */
  public static ChunkTable of(RecordSource source, ColumnType vector) {
    TableSchema.Builder columns =
        TableSchema.builder()
            .column("id", ColumnType.string(), true, Cardinality.REPEATED)
            .column("part", ColumnType.int32(), true)
            .column("chunk", ColumnType.int32(), true)
            .column("char_start", ColumnType.int32(), true)
            .column("char_end", ColumnType.int32(), true)
            .column("token_count", ColumnType.int32(), true)
            .column("text", ColumnType.string(), true, Cardinality.LARGE)
            .column("text_cid", ColumnType.string(), true, Cardinality.DISTINCT)
            .column("embedding", vector, true);
    source
        .chunkColumns()
        .forEach(c -> columns.column(c.name(), c.type(), c.required(), c.cardinality()));
    return new ChunkTable(columns.build());
  }

  public TableSchema schema() {
    return schema;
  }

  /** The CID of a chunk's text. */
  public static Cid textCid(Chunk chunk) {
    return Cid.hashOf(Codec.RAW, chunk.getText().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A chunk's row.
   *
   * @param textCid as {@link #textCid} gives it
   * @param labels the values of the source's chunk columns
   */
  public Object[] row(Chunk chunk, Cid textCid, float[] vector, Object[] labels) {
    List<Object> row =
        new ArrayList<>(
            List.of(
                chunk.getId(),
                chunk.getPart(),
                chunk.getChunk(),
                chunk.getCharStart(),
                chunk.getCharEnd(),
                chunk.getTokenCount(),
                chunk.getText(),
                textCid.toString(),
                vector));
    row.addAll(Arrays.asList(labels));
    return row.toArray();
  }
}
