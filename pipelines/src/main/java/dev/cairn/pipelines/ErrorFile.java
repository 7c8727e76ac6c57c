package dev.cairn.pipelines;

import dev.cairn.io.dataset.DeadLetter;
import dev.cairn.io.format.ParquetTableWriter;
import dev.cairn.io.format.RowGroups;
import dev.cairn.io.unixfs.FileWriter;
import dev.cairn.io.unixfs.UnixFsWriter;
import dev.cairn.io.unixfs.Written;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Writes a file of dead letters. */
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
}
