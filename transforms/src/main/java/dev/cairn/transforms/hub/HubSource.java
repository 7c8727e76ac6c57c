package dev.cairn.transforms.hub;

import dev.cairn.io.dataset.DatasetCard;
import dev.cairn.io.table.Column;
import dev.cairn.transforms.record.BadRecordException;
import dev.cairn.transforms.record.Document;
import dev.cairn.transforms.record.Piece;
import dev.cairn.transforms.record.RawRecord;
import dev.cairn.transforms.record.RecordSource;
import dev.cairn.transforms.record.SideTable;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Repositories of the Hugging Face hub: the tables of a scan, records of the API, dumps of them,
 * cards. All that is told of one repository is one document.
 */
public final class HubSource implements RecordSource {
  private static final long serialVersionUID = 1L;

  /** The pipeline's name. */
  public static final String NAME = "hub";

  /** Files of a dataset of Cairn's that hold no records, and the card of the input itself. */
  private static final Pattern NO_RECORDS =
      Pattern.compile(
          "README\\.md|(?:.*/)?manifest\\.json|(?:[^/]+/)?(?:data/popularity|errors)/[^/]+\\.parquet"
              + "|(?:.*/)?_[^/]*");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public boolean skips(String path) {
    return NO_RECORDS.matcher(path).matches();
  }

  @Override
  public List<Column> documentColumns() {
    return HubColumns.DOCUMENT;
  }

  @Override
  public List<Column> chunkColumns() {
    return HubColumns.CHUNK;
  }

  @Override
  public List<SideTable> sideTables() {
    return List.of();
  }

  @Override
  public DatasetCard card() {
    return new DatasetCard(
        "Hugging Face hub with embeddings",
        "other",
        List.of("en"),
        List.of("huggingface-hub", "model-cards", "dataset-cards", "embeddings"),
        "Cards and descriptions of models and datasets of the Hugging Face hub, cut into chunks,"
            + " each with its vector. Join `chunks` with `documents` by `id`. Each card has its own"
            + " licence: see `license`.");
  }

  @Override
  public boolean escapesByBackslash(List<String> columns) {
    return false;
  }

  @Override
  public Set<String> volatileFields() {
    return Popularity.FIELDS;
  }

  @Override
  public Piece parse(RawRecord record) throws BadRecordException {
    HubRecords.Read read = HubRecords.read(record);
    String part = read.part().name().toLowerCase(Locale.ROOT);
    long units = HubColumns.body(read.record()).text().length();
    return Piece.part(read.record().id(), part, units, read);
  }

  @Override
  public Document join(String id, List<Piece> parts) throws BadRecordException {
    return HubColumns.document(HubJoin.of(parts));
  }
}
