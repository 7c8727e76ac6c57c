package dev.cairn.pipelines.scan;

import java.io.IOException;

/**
 * The hub did not give all that was asked for. Nothing is committed; the pages that were had are
 * kept, and the same scan goes on behind them.
 */
public final class ScanIncompleteException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int pages;
  private final long records;

  ScanIncompleteException(int pages, long records, IOException cause) {
    super(
        "Cannot finish scan: "
            + pages
            + " pages with "
            + records
            + " records are kept for the next try (to the end): "
            + cause.getMessage(),
        cause);
    this.pages = pages;
    this.records = records;
  }

  /** Pages that are kept. */
  public int pages() {
    return pages;
  }

  /** Records on them. */
  public long records() {
    return records;
  }
}
