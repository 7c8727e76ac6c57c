package dev.cairn.transforms.caselaw;

import dev.cairn.io.dataset.DatasetCard;
import dev.cairn.io.table.Column;
import dev.cairn.transforms.record.BadRecordException;
import dev.cairn.transforms.record.Document;
import dev.cairn.transforms.record.Piece;
import dev.cairn.transforms.record.RawRecord;
import dev.cairn.transforms.record.RecordSource;
import dev.cairn.transforms.record.SideTable;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Case law in all its public forms: which files hold cases, and what a case says. */
public final class CaselawSource implements RecordSource {
  private static final long serialVersionUID = 1L;

  /** The pipeline's name. */
  public static final String NAME = "caselaw";

  /** Files beside the cases that describe reporters and volumes: no cases are in them. */
  private static final Set<String> METADATA =
      Set.of(
          "CasesMetadata.json",
          "VolumeMetadata.json",
          "VolumesMetadata.json",
          "ReporterMetadata.json",
          "ReportersMetadata.json",
          "JurisdictionsMetadata.json");

  /** What Spark and Parquet writers leave beside their files: {@code _SUCCESS}, ... */
  private static final String MARKER = "_";

  /** The tables of CourtListener's bulk data but those that say something of opinions. */
  private static final Pattern OTHER_TABLES =
      Pattern.compile(
          "(?!(opinions|opinion-clusters|citations|dockets|courts)-\\d).+-\\d{4}-\\d{2}-\\d{2}\\.csv(\\.bz2)?");

  /** The folder of the same cases rendered for browsers. */
  private static final String RENDERINGS = "html";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int version() {
    return 4;
  }

  @Override
  public boolean skips(String path) {
    List<String> names = List.of(path.split("/", -1));
    String name = names.get(names.size() - 1);
    return METADATA.contains(name)
        || name.startsWith(MARKER)
        || OTHER_TABLES.matcher(name).matches()
        || names.subList(0, names.size() - 1).contains(RENDERINGS);
  }

  @Override
  public List<Column> documentColumns() {
    return CaseColumns.DOCUMENT;
  }

  @Override
  public List<Column> chunkColumns() {
    return CaseColumns.CHUNK;
  }

  @Override
  public List<SideTable> sideTables() {
    return List.of(new CaseCitations());
  }

  @Override
  public DatasetCard card() {
    return new DatasetCard(
        "Case law with embeddings",
        "cc0-1.0",
        List.of("en"),
        List.of("legal", "case-law", "embeddings"),
        "Court decisions, cut into chunks, each with its vector. Join `chunks` with `documents` by"
            + " `id`. `citations` tells which case cites which: `from_id` and `to_id` are ids.");
  }

  /** CourtListener's bulk data do, and have the times of their rows, but for courts the first. */
  @Override
  public boolean escapesByBackslash(List<String> columns) {
    return columns.contains("date_modified")
        && (columns.contains("date_created") || columns.contains("citation_string"));
  }

  @Override
  public Set<String> volatileFields() {
    return Set.of();
  }

  @Override
  public Piece parse(RawRecord record) throws BadRecordException {
    CaseRecords.Read read = CaseRecords.read(record);
    return read instanceof CaseRecords.Read.Part part
        ? part.piece()
        : Piece.whole(CaseColumns.document(read.alone()));
  }

  @Override
  public Document join(String id, List<Piece> parts) throws BadRecordException {
    return CaseColumns.document(CourtListener.join(parts));
  }
}
