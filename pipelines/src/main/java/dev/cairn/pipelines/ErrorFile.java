package dev.cairn.pipelines;

import dev.cairn.io.dataset.DataFile;
import dev.cairn.io.dataset.DeadLetter;
import dev.cairn.io.format.ParquetTableReader;
import dev.cairn.io.format.ParquetTableWriter;
import dev.cairn.io.format.RowGroups;
import dev.cairn.io.unixfs.FileWriter;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.io.unixfs.UnixFsWriter;
import dev.cairn.io.unixfs.Written;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Files of dead letters. */
public final class ErrorFile {
  private static final RowGroups GROUPS = RowGroups.rows(4096);

  private ErrorFile() {}

  /** Writes letters in their own order, whatever order they come in; at least one. */
  public static Written write(UnixFsWriter objects, List<DeadLetter> letters) throws IOException {
    List<DeadLetter> sorted = new ArrayList<>(letters);
    Collections.sort(sorted);
    FileWriter file = objects.file();
    try (ParquetTableWriter rows = ParquetTableWriter.open(file, DeadLetter.SCHEMA, GROUPS)) {
      for (DeadLetter letter : sorted) {
        rows.write(letter.toRow());
      }
    }
    return file.finish();
  }

  /** Reads the letters of a file in their order. */
  public static void read(UnixFs files, DataFile file, Consumer<DeadLetter> letters)
      throws IOException {
    try (ParquetTableReader rows =
        ParquetTableReader.open(files.open(file.cid()), DeadLetter.SCHEMA)) {
      for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
        letters.accept(DeadLetter.fromRow(row));
      }
    }
  }
}
