package dev.cairn.io.format;

import dev.cairn.io.table.Cardinality;
import dev.cairn.io.table.Column;
import dev.cairn.io.table.ColumnType;
import dev.cairn.io.table.RowDigest;
import dev.cairn.io.table.TableSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Tables that tests write and read. */
final class Tables {
  static final int DIMENSION = 384;

  /** Every type, as the two tables of a dataset use them. */
  static final TableSchema ALL =
      TableSchema.builder()
          .column("id", ColumnType.string(), true, Cardinality.DISTINCT)
          .column("chunk", ColumnType.int32(), true)
          .column("downloads", ColumnType.int64(), false)
          .column("score", ColumnType.float64(), false)
          .column("gated", ColumnType.bool(), false)
          .column("court", ColumnType.string(), false)
          .column("text", ColumnType.string(), true, Cardinality.LARGE)
          .column("citations", ColumnType.list(ColumnType.string()), true)
          .column(
              "parts",
              ColumnType.list(
                  ColumnType.struct(
                      Column.of("kind", ColumnType.string(), true),
                      Column.of("author", ColumnType.string(), false),
                      Column.of("char_start", ColumnType.int32(), true),
                      Column.of("char_end", ColumnType.int32(), true))),
              false)
          .column(
              "volume",
              ColumnType.struct(
                  Column.of("number", ColumnType.int32(), false),
                  Column.of("pages", ColumnType.list(ColumnType.int64()), false)),
              false)
          .column("embedding", ColumnType.vector(DIMENSION), true)
          .build();

  private Tables() {}

  /** Rows that are a function of their number, with nulls, empty lists and odd Unicode. */
  static List<@Nullable Object[]> rows(int count) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    Random random = new Random(7);
    for (int i = 0; i < count; i++) {
      rows.add(
          new @Nullable Object[] {
            "cap:" + i,
            i,
            i % 3 == 0 ? null : i * 1_000_000_007L,
            i % 4 == 0 ? null : i / 7.0,
            i % 5 == 0 ? null : i % 2 == 0,
            i % 6 == 0 ? null : "court " + i % 4,
            "The judgment of row %d is affirmed. Ünï𝄞 ".formatted(i).repeat(i % 9),
            List.of("1 U.S. " + i, "2 F.3d 4").subList(0, i % 3),
            i % 7 == 0 ? null : parts(i % 4),
            i % 8 == 0
                ? null
                : new @Nullable Object[] {
                  i % 9 == 0 ? null : i, i % 10 == 0 ? null : List.of((long) i, 5L)
                },
            vector(random)
          });
    }
    return rows;
  }

  private static List<Object> parts(int count) {
    List<Object> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add(new @Nullable Object[] {"majority", i % 2 == 0 ? null : "Marshall", i, i + 10});
    }
    return parts;
  }

  private static float[] vector(Random random) {
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = random.nextFloat() - 0.5f;
    }
    return vector;
  }

  static byte[] write(TableSchema schema, RowGroups groups, List<@Nullable Object[]> rows)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ParquetTableWriter writer = ParquetTableWriter.open(out, schema, groups)) {
      for (@Nullable Object[] row : rows) {
        writer.write(row);
      }
    }
    return out.toByteArray();
  }

  static List<@Nullable Object[]> read(Path file, @Nullable TableSchema wanted) throws IOException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    FileChannel channel = FileChannel.open(file);
    try (ParquetTableReader reader =
        wanted == null
            ? ParquetTableReader.open(channel)
            : ParquetTableReader.open(channel, wanted)) {
      for (@Nullable Object @Nullable [] row = reader.next(); row != null; row = reader.next()) {
        rows.add(row);
      }
    }
    return rows;
  }

  /** Rows as digests: arrays have no equality of their own, and a failure must fit a screen. */
  static List<String> digests(TableSchema schema, List<@Nullable Object[]> rows) {
    RowDigest digest = RowDigest.over(schema);
    return rows.stream().map(r -> HexFormat.of().formatHex(digest.digest(r))).toList();
  }

  static Path file(Path folder, byte[] bytes) throws IOException {
    return Files.write(folder.resolve("table.parquet"), bytes);
  }
}
