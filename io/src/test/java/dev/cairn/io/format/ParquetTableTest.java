package dev.cairn.io.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.cid.Multihash;
import dev.cairn.io.table.Cardinality;
import dev.cairn.io.table.ColumnType;
import dev.cairn.io.table.InvalidRowException;
import dev.cairn.io.table.TableSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetTableTest {
  private static final TableSchema TEXTS =
      TableSchema.builder()
          .column("id", ColumnType.int32(), true)
          .column("text", ColumnType.string(), true, Cardinality.LARGE)
          .build();

  @TempDir Path folder = Path.of(".");

  @Test
  void givesRowsBackAsTheyWere() throws IOException {
    List<@Nullable Object[]> rows = Tables.rows(1000);
    Path file = Tables.file(folder, Tables.write(Tables.ALL, RowGroups.rows(300), rows));
    assertThat(Tables.digests(Tables.ALL, Tables.read(file, null)))
        .isEqualTo(Tables.digests(Tables.ALL, rows));
    try (ParquetTableReader reader = ParquetTableReader.open(FileChannel.open(file))) {
      assertThat(reader.schema()).hasToString(Tables.ALL.toString());
      assertThat(reader.rows()).isEqualTo(1000);
    }
  }

  /** The bytes of a file are a promise: a changed hash raises the {@code format} setting. */
  @Test
  void givesTheSameBytesForTheSameRows() throws IOException {
    byte[] once = Tables.write(Tables.ALL, RowGroups.rows(300), Tables.rows(1000));
    byte[] again = Tables.write(Tables.ALL, RowGroups.rows(300), Tables.rows(1000));
    assertThat(again).isEqualTo(once);
    assertThat(Multihash.sha256(once))
        .hasToString("SHA2_256:1f96e5a30de759c58a44cac6207bbb270bd5c37ca956a42cb7c61837802eab76");
  }

  @Test
  void readsSomeColumnsInTheOrderAsked() throws IOException {
    List<@Nullable Object[]> rows = Tables.rows(50);
    Path file = Tables.file(folder, Tables.write(Tables.ALL, RowGroups.rows(7), rows));
    TableSchema some = Tables.ALL.project(List.of("embedding", "parts", "id"));
    List<@Nullable Object[]> expected = new ArrayList<>();
    for (@Nullable Object[] row : rows) {
      expected.add(new @Nullable Object[] {row[10], row[8], row[0]});
    }
    assertThat(Tables.digests(some, Tables.read(file, some)))
        .isEqualTo(Tables.digests(some, expected));
  }

  @Test
  void refusesColumnsThatAreNotThere() throws IOException {
    Path file = Tables.file(folder, Tables.write(Tables.ALL, RowGroups.rows(7), Tables.rows(5)));
    refuses(file, "missing", ColumnType.string(), "Cannot read column: missing (missing; ");
    refuses(file, "id", ColumnType.int32(), "Cannot read column: id (id string not null; ");
    refuses(file, "chunk", ColumnType.int64(), "Cannot read column: chunk (");
    refuses(file, "embedding", ColumnType.vector(3), "Cannot read column: embedding (");
    refuses(file, "court", ColumnType.string(), "Cannot read column: court (court string; ");
    refuses(file, "text", ColumnType.vector(3), "Cannot read column: text (");
  }

  private static void refuses(Path file, String name, ColumnType type, String message)
      throws IOException {
    TableSchema wanted = TableSchema.builder().column(name, type, true).build();
    FileChannel channel = FileChannel.open(file);
    assertThatExceptionOfType(MalformedContentException.class)
        .isThrownBy(() -> ParquetTableReader.open(channel, wanted))
        .withMessageStartingWith(message);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void endsRowGroupsByRows() throws IOException {
    Path file = Tables.file(folder, Tables.write(Tables.ALL, RowGroups.rows(4), Tables.rows(9)));
    assertThat(groups(file)).containsExactly(4L, 4L, 1L);
    file = Tables.file(folder, Tables.write(Tables.ALL, RowGroups.rows(4), Tables.rows(8)));
    assertThat(groups(file)).containsExactly(4L, 4L);
  }

  @Test
  void endsRowGroupsByBytes() throws IOException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (int length : List.of(10, 16, 20, 5, 500, 6, 6, 16)) {
      rows.add(new Object[] {length, "x".repeat(length)});
    }
    byte[] bytes = Tables.write(TEXTS, RowGroups.bytes(40), rows);
    Path file = Tables.file(folder, bytes);
    // A row counts four bytes more than its text; 14 + 20, 24 + 9, 504 alone, 10 + 10 + 20.
    assertThat(groups(file)).containsExactly(2L, 2L, 1L, 3L);
    assertThat(Tables.digests(TEXTS, Tables.read(file, null)))
        .isEqualTo(Tables.digests(TEXTS, rows));
  }

  private static List<Long> groups(Path file) throws IOException {
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration()).build();
    try (ParquetFileReader reader =
        new ParquetFileReader(new ChannelInput(FileChannel.open(file)), options)) {
      return reader.getRowGroups().stream().map(BlockMetaData::getRowCount).toList();
    }
  }

  @Test
  void splitsLargeTextsIntoPagesAndKeepsThemOutOfTheFooter() throws IOException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      rows.add(new Object[] {i, "word %d, ".formatted(i).repeat(300_000)});
    }
    byte[] bytes = Tables.write(TEXTS, RowGroups.bytes(64 << 20), rows);
    Path file = Tables.file(folder, bytes);
    assertThat(bytes.length).isLessThan(64 << 10);
    assertThat(Tables.digests(TEXTS, Tables.read(file, null)))
        .isEqualTo(Tables.digests(TEXTS, rows));
  }

  @Test
  void writesNoTableWithoutRows() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ParquetTableWriter writer = ParquetTableWriter.open(out, TEXTS, RowGroups.rows(10));
    assertThatIOException()
        .isThrownBy(writer::close)
        .withMessage("Cannot end table: no row (write no file instead)");
    writer.close();
  }

  @Test
  void goesOnAfterARowThatIsNoRow() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ParquetTableWriter writer = ParquetTableWriter.open(out, TEXTS, RowGroups.rows(10))) {
      writer.write(new Object[] {1, "one"});
      assertThatExceptionOfType(InvalidRowException.class)
          .isThrownBy(() -> writer.write(new Object[] {2, "\ud800"}));
      writer.write(new Object[] {3, "three"});
      assertThat(writer.rows()).isEqualTo(2);
    }
    assertThat(out.toByteArray())
        .isEqualTo(
            Tables.write(
                TEXTS,
                RowGroups.rows(10),
                List.of(new Object[] {1, "one"}, new Object[] {3, "three"})));
  }

  @Test
  void leavesTheStreamOpenAndNoWholeFileWhenItFails() throws IOException {
    FullAfter disk = new FullAfter(2000);
    ParquetTableWriter writer = ParquetTableWriter.open(disk, Tables.ALL, RowGroups.rows(1));
    List<@Nullable Object[]> rows = Tables.rows(20);
    assertThatIOException()
        .isThrownBy(
            () -> {
              for (@Nullable Object[] row : rows) {
                writer.write(row);
              }
            })
        .withMessage("full");
    int written = disk.out.size();
    assertThatIOException().isThrownBy(() -> writer.write(rows.get(0)));
    writer.close();
    assertThat(disk.out.size()).isEqualTo(written);
    assertThat(disk.closed).isFalse();
  }

  /** A disk with room for so many bytes. */
  private static final class FullAfter extends OutputStream {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final int room;
    private boolean closed;

    FullAfter(int room) {
      this.room = room;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (out.size() + length > room) {
        throw new IOException("full");
      }
      out.write(bytes, offset, length);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Test
  void refusesBytesThatAreNoTable() throws IOException {
    for (String text : List.of("", "PAR1", "PAR1PAR1PAR1", "no table, but long enough to be one")) {
      Path file = Files.writeString(folder.resolve("bad"), text);
      FileChannel channel = FileChannel.open(file);
      assertThatExceptionOfType(MalformedContentException.class)
          .isThrownBy(() -> ParquetTableReader.open(channel));
      assertThat(channel.isOpen()).isFalse();
    }
  }
}
