package dev.cairn.transforms.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.io.dataset.DatasetCard;
import dev.cairn.io.table.Cardinality;
import dev.cairn.io.table.Column;
import dev.cairn.io.table.ColumnType;
import dev.cairn.transforms.record.BadRecordException;
import dev.cairn.transforms.record.Document;
import dev.cairn.transforms.record.Fields;
import dev.cairn.transforms.record.Piece;
import dev.cairn.transforms.record.RawRecord;
import dev.cairn.transforms.record.RecordSource;
import dev.cairn.transforms.record.SideTable;
import dev.cairn.transforms.text.PartedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rows of any table as documents, one a row. Ids are the user's own, without a prefix: a dataset of
 * one table has one kind of them.
 */
public final class TableSource implements RecordSource {
  private static final long serialVersionUID = 1L;

  /** The pipeline's name. */
  public static final String NAME = "table";

  private static final String TITLE = "title";

  /** The card and manifest of a dataset that is read as an input. */
  private static final Pattern NO_RECORDS =
      Pattern.compile("(?:.*/)?(?:README\\.md|LICENSE|manifest\\.json|_[^/]*)");

  private final TableColumns columns;

  /** Rows with these columns. */
  public TableSource(TableColumns columns) {
    this.columns = columns;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public SortedMap<String, Object> settings() {
    return columns.settings();
  }

  @Override
  public boolean skips(String path) {
    return NO_RECORDS.matcher(path).matches();
  }

  @Override
  public List<Column> documentColumns() {
    return labelled(Cardinality.DISTINCT);
  }

  @Override
  public List<Column> chunkColumns() {
    return labelled(Cardinality.REPEATED);
  }

  private List<Column> labelled(Cardinality titles) {
    List<Column> labels = new ArrayList<>();
    labels.add(new Column(TITLE, ColumnType.string(), false, titles));
    columns.meta().forEach(column -> labels.add(column.column()));
    return labels;
  }

  @Override
  public List<SideTable> sideTables() {
    return List.of();
  }

  @Override
  public DatasetCard card() {
    return cardOfAny();
  }

  /** The card of a dataset of any table. */
  public static DatasetCard cardOfAny() {
    return new DatasetCard(
        "Texts with embeddings",
        "other",
        List.of(),
        List.of("embeddings"),
        "Rows of a table, their texts cut into chunks, each with its vector. Join `chunks` with"
            + " `documents` by `id`.");
  }

  @Override
  public boolean escapesByBackslash(List<String> names) {
    return false;
  }

  @Override
  public Set<String> volatileFields() {
    return Set.of();
  }

  @Override
  public Piece parse(RawRecord record) throws BadRecordException {
    if (!(record instanceof RawRecord.Json json)) {
      throw new BadRecordException(
          "not_a_table", "text without columns (JSON lines, CSV, Parquet or Arrow)");
    }
    ObjectNode row = json.object();
    Fields fields = Fields.of(row);
    String id = fields.loose(columns.id());
    if (id == null) {
      throw new BadRecordException("missing_id", columns.id() + " is absent or empty (required)");
    }
    PartedText.Builder body = PartedText.builder();
    for (String column : columns.texts()) {
      String text = fields.text(column);
      if (text != null) {
        body.add(column, null, text);
      }
    }
    PartedText text = body.build();
    if (text.parts().isEmpty()) {
      throw new BadRecordException(
          "no_text", String.join(", ", columns.texts()) + " (something to read)");
    }
    String title = columns.title() == null ? null : fields.loose(columns.title());
    @Nullable Object[] labels = new Object[1 + columns.meta().size()];
    labels[0] = title;
    for (int i = 1; i < labels.length; i++) {
      MetaColumn column = columns.meta().get(i - 1);
      labels[i] = column.value(fields, row.get(column.name()));
    }
    return Piece.whole(new Document(id, title == null ? "" : title, text, labels, labels));
  }

  /** Each row is a whole: there is nothing to join. */
  @Override
  public Document join(String id, List<Piece> parts) {
    throw new IllegalArgumentException("Cannot join parts: of " + id + " (whole documents only)");
  }
}
