package dev.cairn.io.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cairn.io.table.ColumnType;
import dev.cairn.io.table.ColumnType.TimeUnit;
import dev.cairn.io.table.InvalidRowException;
import dev.cairn.io.table.TableSchema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CsvTableWriterTest {
  private static final TableSchema TEXTS =
      TableSchema.builder()
          .column("a", ColumnType.string(), false)
          .column("b", ColumnType.string(), false)
          .build();

  private static String write(TableSchema schema, @Nullable Object[]... rows) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (CsvTableWriter writer = CsvTableWriter.open(out, schema)) {
      for (@Nullable Object[] row : rows) {
        writer.write(row);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void tellsNullFromAnEmptyText() throws IOException {
    String csv =
        write(
            TEXTS, new @Nullable Object[] {"", null}, new @Nullable Object[] {"x \"y\"\r\n,", "é"});
    assertThat(csv).isEqualTo("\"a\",\"b\"\n\"\",\n\"x \"\"y\"\"\r\n,\",\"é\"\n");
    try (CsvTableReader reader =
        CsvTableReader.open(
            new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), names -> false)) {
      assertThat(reader.next()).containsExactly("", null);
      assertThat(reader.next()).containsExactly("x \"y\"\r\n,", "é");
      assertThat(reader.next()).isNull();
    }
  }

  @Test
  void writesValuesAsTheyAreRead() throws IOException {
    TableSchema schema =
        TableSchema.builder()
            .column("n", ColumnType.int64(), false)
            .column("x", ColumnType.float64(), false)
            .column("y", ColumnType.float32(), false)
            .column("d", ColumnType.decimal(10, 2), false)
            .column("t", ColumnType.timestamp(TimeUnit.MICROS, true), false)
            .column("day", ColumnType.date(), false)
            .build();
    assertThat(
            write(
                schema,
                new @Nullable Object[] {
                  -1L, 31_924_518.0, 1.5e-7f, new BigDecimal("1.50"), 1L, LocalDate.of(2024, 2, 29)
                }))
        .endsWith(
            "\"-1\",\"31924518.0\",\"0.00000015\",\"1.50\",\"1970-01-01T00:00:00.000001Z\","
                + "\"2024-02-29\"\n");
    assertThat(CsvTableWriter.number("1.0E300")).isEqualTo("1.0E300");
  }

  @Test
  void refusesWhatCsvDoesNotHave() {
    TableSchema lists =
        TableSchema.builder().column("l", ColumnType.list(ColumnType.string()), true).build();
    assertThat(catchThrowableOfType(InvalidRowException.class, () -> write(lists)))
        .hasMessageContaining("l")
        .hasMessageContaining("CSV");
    TableSchema binary = TableSchema.builder().column("b", ColumnType.binary(), true).build();
    assertThat(
            catchThrowableOfType(
                InvalidRowException.class,
                () -> write(binary, new @Nullable Object[] {new byte[] {(byte) 0xff}})))
        .hasMessageContaining("b");
  }
}
