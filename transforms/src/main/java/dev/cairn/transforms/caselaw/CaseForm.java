package dev.cairn.transforms.caselaw;

import java.util.Locale;

/** The forms in which case law is published. */
public enum CaseForm {
  /** The static JSON of the Caselaw Access Project. */
  CAP_JSON,
  /** Rows of its tables, one a case with its whole text. */
  CAP_TABLE,
  /** Opinions of CourtListener, of its API or its bulk data, one cluster a case. */
  COURTLISTENER,
  /** CourtListener's data joined, one record a case. */
  COLD_CASES,
  /** A file of plain text. */
  TEXT,
  /** A page. */
  HTML;

  /** The name in the documents table. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
