package dev.cairn.transforms.hub;

import dev.cairn.io.table.Cardinality;
import dev.cairn.io.table.Column;
import dev.cairn.io.table.ColumnType;
import dev.cairn.io.table.ColumnType.TimeUnit;
import dev.cairn.transforms.record.Document;
import dev.cairn.transforms.text.PartedText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A repository as rows: its columns in the documents and chunks tables. */
final class HubColumns {
  private static final ColumnType TEXT = ColumnType.string();
  private static final ColumnType TEXTS = ColumnType.list(ColumnType.string());
  private static final ColumnType TIME = ColumnType.timestamp(TimeUnit.MICROS, true);
  private static final long MICROS = TimeUnit.MICROS.perSecond();

  static final List<Column> DOCUMENT =
      List.of(
          required("kind", TEXT),
          new Column("name", TEXT, true, Cardinality.DISTINCT),
          optional("author", TEXT),
          new Column("sha", TEXT, false, Cardinality.DISTINCT),
          optional("task", TEXT),
          optional("domain", TEXT),
          optional("library", TEXT),
          optional("license", TEXT),
          required("languages", TEXTS),
          required("tags", TEXTS),
          required("base_models", TEXTS),
          required("datasets", TEXTS),
          optional("gated", TEXT),
          optional("private", ColumnType.bool()),
          optional("disabled", ColumnType.bool()),
          optional("created_at", TIME),
          optional("last_modified", TIME),
          new Column("pretty_name", TEXT, false, Cardinality.DISTINCT),
          new Column("metadata", TEXT, false, Cardinality.LARGE),
          new Column("details", TEXT, false, Cardinality.LARGE));

  static final List<Column> CHUNK =
      List.of(
          optional("title", TEXT),
          optional("date", TEXT),
          optional("kind", TEXT),
          optional("task", TEXT),
          optional("library", TEXT));

  private HubColumns() {}

  static Document document(HubRecord record) {
    String pretty = record.getPrettyName();
    String title = pretty == null || pretty.isBlank() ? record.getName() : pretty;
    Object[] labels = {
      title, date(record), record.getKind().toString(), record.getTask(), record.getLibrary()
    };
    return new Document(record.id(), title, body(record), row(record), labels);
  }

  /** The values of {@link #DOCUMENT}. */
  static @Nullable Object[] row(HubRecord record) {
    return new @Nullable Object[] {
      record.getKind().toString(),
      record.getName(),
      record.getAuthor(),
      record.getSha(),
      record.getTask(),
      record.getDomain(),
      record.getLibrary(),
      record.getLicense(),
      record.getLanguages(),
      record.getTags(),
      record.getBaseModels(),
      record.getDatasets(),
      record.getGated(),
      record.getPrivate(),
      record.getDisabled(),
      record.getCreatedAt(),
      record.getLastModified(),
      record.getPrettyName(),
      record.getMetadata(),
      record.getDetails()
    };
  }

  /**
   * What there is to read: the card, else the description, else what the metadata say in their own
   * words. The API's description is cut out of the card, so that it is read only where there is
   * none.
   */
  static PartedText body(HubRecord record) {
    String card = record.getCard();
    if (card != null) {
      PartedText read = part("card", record, CardText.of(FrontMatter.of(card).body()));
      if (!read.parts().isEmpty()) {
        return read;
      }
    }
    String description = record.getDescription();
    if (description != null) {
      PartedText read = part("description", record, description.strip());
      if (!read.parts().isEmpty()) {
        return read;
      }
    }
    return part("metadata", record, words(record));
  }

  private static PartedText part(String kind, HubRecord record, String text) {
    return PartedText.builder().add(kind, record.getAuthor(), text).build();
  }

  /** What is known of a repository about which nobody wrote: its name and metadata, as lines. */
  private static String words(HubRecord record) {
    List<String> lines = new ArrayList<>();
    lines.add(capital(record.getKind().toString()) + ": " + record.getName());
    add(lines, "Name", record.getPrettyName());
    add(lines, "Task", record.getTask());
    add(lines, "Domain", record.getDomain());
    add(lines, "Library", record.getLibrary());
    add(lines, "Language", join(record.getLanguages()));
    add(lines, "Base model", join(record.getBaseModels()));
    add(lines, "Datasets", join(record.getDatasets()));
    add(lines, "License", record.getLicense());
    add(lines, "Tags", join(plain(record)));
    return String.join("\n", lines);
  }

  /** Tags that say what no other line says. */
  private static List<String> plain(HubRecord record) {
    return record.getTags().stream()
        .filter(tag -> tag.indexOf(':') < 0)
        .filter(tag -> !tag.equals(record.getTask()) && !tag.equals(record.getLibrary()))
        .toList();
  }

  private static void add(List<String> lines, String label, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      lines.add(label + ": " + value.strip());
    }
  }

  private static @Nullable String join(List<String> values) {
    return values.isEmpty() ? null : String.join(", ", values);
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  /** The day of the last change, else of creation. */
  private static @Nullable String date(HubRecord record) {
    Long micros = record.getLastModified();
    if (micros == null) {
      micros = record.getCreatedAt();
    }
    return micros == null
        ? null
        : Instant.ofEpochSecond(Math.floorDiv(micros, MICROS))
            .atOffset(ZoneOffset.UTC)
            .toLocalDate()
            .toString();
  }

  private static Column optional(String name, ColumnType type) {
    return Column.of(name, type, false);
  }

  private static Column required(String name, ColumnType type) {
    return Column.of(name, type, true);
  }
}
