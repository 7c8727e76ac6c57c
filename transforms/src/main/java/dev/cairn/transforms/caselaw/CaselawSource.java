package dev.cairn.transforms.caselaw;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.io.dataset.DatasetCard;
import dev.cairn.io.table.Column;
import dev.cairn.transforms.record.BadRecordException;
import dev.cairn.transforms.record.Document;
import dev.cairn.transforms.record.RecordSource;
import java.util.List;
import java.util.Set;

/** The Caselaw Access Project's static files: which of them hold cases, and what a case says. */
public final class CaselawSource implements RecordSource {
  private static final long serialVersionUID = 1L;

  /** Files beside the cases that describe reporters and volumes: no cases are in them. */
  private static final Set<String> METADATA =
      Set.of(
          "CasesMetadata.json",
          "VolumeMetadata.json",
          "VolumesMetadata.json",
          "ReporterMetadata.json",
          "ReportersMetadata.json",
          "JurisdictionsMetadata.json");

  /** The folder of the same cases rendered for browsers. */
  private static final String RENDERINGS = "html";

  @Override
  public String name() {
    return "caselaw";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public boolean skips(String path) {
    List<String> names = List.of(path.split("/", -1));
    return METADATA.contains(names.get(names.size() - 1))
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
  public DatasetCard card() {
    return new DatasetCard(
        "Case law with embeddings",
        "cc0-1.0",
        List.of("en"),
        List.of("legal", "case-law", "embeddings"),
        "Court decisions in the form of the Caselaw Access Project, cut into chunks, each with its"
            + " vector. Join `chunks` with `documents` by `id`.");
  }

  @Override
  public Document parse(ObjectNode record) throws BadRecordException {
    return CaseColumns.document(CaseParser.parse(record));
  }
}
