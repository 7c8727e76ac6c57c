package dev.cairn.io.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetTableTest {
  @TempDir Path folder = Path.of(".");

  @Test
  void givesRowsBackAsTheyWere() throws IOException {
    List<@Nullable Object[]> rows = Tables.rows(1000);
    Path file = Tables.file(folder, Tables.write(Tables.ALL, RowGroups.rows(300), rows));
    assertThat(Tables.digests(Tables.ALL, Tables.read(file, null)))
        .isEqualTo(Tables.digests(Tables.ALL, rows));
    try (ParquetTableReader reader = ParquetTableReader.open(FileChannel.open(file))) {
      assertThat(reader.schema().columns()).hasSameSizeAs(Tables.ALL.columns());
      assertThat(reader.rows()).isEqualTo(1000);
    }
  }
}
