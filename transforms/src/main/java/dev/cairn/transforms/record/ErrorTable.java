package dev.cairn.transforms.record;

import dev.cairn.io.dataset.DeadLetter;
import dev.cairn.io.table.ColumnType;
import dev.cairn.io.table.TableSchema;

/** The errors table: one row a dead letter. */
public final class ErrorTable {
  public static final TableSchema SCHEMA =
      TableSchema.builder()
          .column("origin", ColumnType.string(), true)
          .column("id", ColumnType.string(), true)
          .column("stage", ColumnType.string(), true)
          .column("code", ColumnType.string(), true)
          .column("reason", ColumnType.string(), true)
          .column("excerpt", ColumnType.string(), true)
          .build();

  private ErrorTable() {}

  /** A dead letter's row. */
  public static Object[] row(DeadLetter letter) {
    return new Object[] {
      letter.origin(), letter.id(), letter.stage(), letter.code(), letter.reason(), letter.excerpt()
    };
  }
}
