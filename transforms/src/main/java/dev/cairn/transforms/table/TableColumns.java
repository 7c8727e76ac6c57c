package dev.cairn.transforms.table;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a table are what. Names are those of the input, compared as they are written.
 *
 * @param id of each record, a text or a whole number
 * @param texts what is embedded, at least one; each is a part of the document
 * @param title a line that names the record, or null
 * @param meta columns to filter by
 */
public record TableColumns(
    String id, List<String> texts, @Nullable String title, List<MetaColumn> meta)
    implements Serializable {

  /** Columns that datasets have of their own, or that DuckDB shows beside those of a file. */
  private static final Set<String> OWN =
      Set.of(
          "id",
          "part",
          "parts",
          "chunk",
          "char_start",
          "char_end",
          "token_count",
          "text",
          "text_cid",
          "embedding",
          "file_index",
          "file_row_number",
          "title",
          "source_cid",
          "source_path");

  /**
   * Columns that make a dataset.
   *
   * @throws IllegalArgumentException if a name is blank, given twice or one of a dataset's own
   */
  public TableColumns {
    texts = List.copyOf(texts);
    meta = List.copyOf(meta);
    if (id.isBlank() || texts.isEmpty() || texts.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "Cannot use --id, --text: " + id + ", " + texts + " (names of columns)");
    }
    if (new HashSet<>(texts).size() < texts.size()) {
      throw new IllegalArgumentException("Cannot use --text: " + texts + " (a column once)");
    }
    Set<String> names = new HashSet<>();
    for (MetaColumn column : meta) {
      if (column.name().isBlank()
          || OWN.contains(column.name().toLowerCase(Locale.ROOT))
          || !names.add(column.name())) {
        throw new IllegalArgumentException(
            "Cannot use --meta: "
                + column.name()
                + " (a column once, and none of "
                + OWN.stream().sorted().collect(Collectors.joining(", "))
                + ")");
      }
    }
  }

  /** For the settings of a dataset. */
  SortedMap<String, Object> settings() {
    SortedMap<String, Object> settings = new TreeMap<>();
    settings.put("id_column", id);
    settings.put("text_columns", String.join(",", texts));
    if (title != null) {
      settings.put("title_column", title);
    }
    settings.put(
        "meta_columns", meta.stream().map(MetaColumn::toString).collect(Collectors.joining(",")));
    return settings;
  }
}
