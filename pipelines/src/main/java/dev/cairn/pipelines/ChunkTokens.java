package dev.cairn.pipelines;

import dev.cairn.io.dataset.DataFile;
import dev.cairn.io.format.ParquetTableReader;
import dev.cairn.io.table.ColumnType;
import dev.cairn.io.table.TableSchema;
import dev.cairn.io.unixfs.UnixFs;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Counts the tokens of chunks by the column that tells them. */
public final class ChunkTokens {
  private static final TableSchema COUNTS =
      TableSchema.builder().column("token_count", ColumnType.int32(), true).build();

  private ChunkTokens() {}

  /** The tokens of all chunks in a file, 0 where there is none. */
  public static long in(UnixFs files, @Nullable DataFile chunks) throws IOException {
    long tokens = 0;
    if (chunks != null) {
      try (ParquetTableReader rows = ParquetTableReader.open(files.open(chunks.cid()), COUNTS)) {
        for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
          tokens += row[0] instanceof Integer count ? count : 0;
        }
      }
    }
    return tokens;
  }
}
