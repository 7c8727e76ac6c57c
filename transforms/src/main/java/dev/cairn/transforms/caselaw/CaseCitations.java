package dev.cairn.transforms.caselaw;

import dev.cairn.io.table.Cardinality;
import dev.cairn.io.table.ColumnType;
import dev.cairn.io.table.TableSchema;
import dev.cairn.transforms.record.Document;
import dev.cairn.transforms.record.SideTable;
import dev.cairn.transforms.text.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The citations in the texts of cases, each resolved to the case of the dataset that is cited so.
 */
final class CaseCitations implements SideTable {
  private static final long serialVersionUID = 1L;

  /** UTF-16 units of text before and behind a citation that are its context, about. */
  private static final int BEFORE = 120;

  private static final int BEHIND = 80;

  @Override
  public String name() {
    return "citations";
  }

  @Override
  public TableSchema schema() {
    return TableSchema.builder()
        .column("from_id", ColumnType.string(), true)
        .column("cite", ColumnType.string(), true)
        .column("reporter", ColumnType.string(), true)
        .column("volume", ColumnType.int32(), true)
        .column("page", ColumnType.int32(), true)
        .column("year", ColumnType.int32(), false)
        .column("to_id", ColumnType.string(), false)
        .column("context", ColumnType.string(), true, Cardinality.LARGE)
        .column("part", ColumnType.int32(), true)
        .column("char_start", ColumnType.int32(), true)
        .column("char_end", ColumnType.int32(), true)
        .build();
  }

  @Override
  public void write(Document document, Rows rows) throws IOException {
    List<Part> parts = document.body().parts();
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      String text = part.in(document.body().text());
      int units = 0;
      int points = part.charStart();
      for (FoundCitation found : CitationFinder.standard().find(text)) {
        points += text.codePointCount(units, found.start());
        int end = points + text.codePointCount(found.start(), found.end());
        units = found.start();
        rows.add(
            new @Nullable Object[] {
              document.id(),
              found.cite(),
              found.reporter(),
              Integer.valueOf(found.volume()),
              Integer.valueOf(found.page()),
              found.year(),
              null,
              context(text, found),
              i,
              points,
              end
            });
      }
    }
  }

  /** The words around a citation, in one line. */
  private static String context(String text, FoundCitation found) {
    int start = Math.max(0, found.start() - BEFORE);
    while (start > 0 && start < found.start() && !Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    int end = Math.min(text.length(), found.end() + BEHIND);
    while (end < text.length() && end > found.end() && !Character.isWhitespace(text.charAt(end))) {
      end--;
    }
    return text.substring(start, end).replaceAll("\\s+", " ").strip();
  }

  @Override
  public List<String> namingColumns() {
    return List.of("citations", "decision_year");
  }

  @Override
  public List<String> namesOf(@Nullable Object[] values) {
    List<String> names = new ArrayList<>();
    if (values[0] instanceof List<?> citations) {
      for (Object citation : citations) {
        @Nullable Object[] fields = (Object[]) citation;
        if (fields[1] instanceof String cite) {
          String normal = CitationFinder.standard().normalized(cite, (Integer) values[1]);
          if (normal != null) {
            names.add(normal);
          }
        }
      }
    }
    return names;
  }

  @Override
  public String nameColumn() {
    return "cite";
  }

  @Override
  public String targetColumn() {
    return "to_id";
  }
}
