package dev.cairn.io.dataset;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The dataset card, {@code README.md}: YAML front matter by which the Hugging Face hub and its
 * {@code datasets} library find the tables, then a few lines for people. A function of the manifest
 * and of these texts.
 *
 * @param title the dataset's name for people
 * @param licence the hub's identifier, such as {@code cc0-1.0} or {@code other}
 * @param languages ISO 639 codes, such as {@code en}
 * @param tags the hub's tags
 * @param summary what the records are, in a sentence or two of Markdown
 */
public record DatasetCard(
    String title, String licence, List<String> languages, List<String> tags, String summary) {
  /** The file's name in a dataset. */
  public static final String FILE = "README.md";

  private static final String DEFAULT_TABLE = "chunks";
  private static final String SECOND_TABLE = "documents";
  private static final long THOUSAND = 1000;

  public DatasetCard {
    languages = List.copyOf(languages);
    tags = List.copyOf(tags);
  }

  /** The card of a dataset, in UTF-8. */
  public byte[] toMarkdown(Manifest manifest) {
    List<String> tables = tables(manifest);
    StringBuilder out = new StringBuilder("---\n");
    line(out, "pretty_name", title);
    line(out, "license", licence);
    list(out, "language", languages);
    list(out, "tags", tags);
    if (!tables.isEmpty()) {
      list(out, "size_categories", List.of(sizeCategory(rows(manifest, tables.get(0)))));
      configs(out, tables);
    }
    out.append("---\n\n# ").append(oneLine(title)).append("\n\n").append(summary.strip());
    out.append("\n\n");
    figures(out, manifest, tables);
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Tables with data: chunks, documents, then others by name; dead letters are no data. */
  private static List<String> tables(Manifest manifest) {
    TreeSet<String> names =
        new TreeSet<>(
            Comparator.comparing((String name) -> !name.equals(DEFAULT_TABLE))
                .thenComparing(name -> !name.equals(SECOND_TABLE))
                .thenComparing(Comparator.naturalOrder()));
    names.addAll(manifest.files().keySet());
    manifest.shards().forEach(s -> names.addAll(s.tables().keySet()));
    names.remove(DeadLetter.TABLE);
    return new ArrayList<>(names);
  }

  private static void configs(StringBuilder out, List<String> tables) {
    out.append("configs:\n");
    for (String table : tables) {
      out.append("- config_name: ").append(JsonWriter.quote(table)).append('\n');
      String files = DataFile.pathOf(table, "*");
      out.append("  data_files: ").append(JsonWriter.quote(files)).append('\n');
      if (table.equals(tables.get(0))) {
        out.append("  default: true\n");
      }
    }
  }

  private static void figures(StringBuilder out, Manifest manifest, List<String> tables) {
    out.append("| table | rows | files | bytes |\n| --- | ---: | ---: | ---: |\n");
    for (String table : tables) {
      List<DataFile> files = manifest.table(table);
      long bytes = files.stream().mapToLong(DataFile::bytes).sum();
      out.append("| `").append(table).append("` | ").append(rows(manifest, table));
      out.append(" | ").append(files.size()).append(" | ").append(bytes).append(" |\n");
    }
    out.append("\n| figure | value |\n| --- | ---: |\n");
    manifest.totals().forEach((name, value) -> figure(out, name, value));
    for (Map.Entry<String, Long> entry : manifest.deadLetters().entrySet()) {
      figure(out, "dead letters, `" + entry.getKey() + "`", entry.getValue());
    }
    out.append("\nMade by the Cairn pipeline `").append(manifest.pipeline());
    out.append("` from input `").append(manifest.input()).append("`; `").append(Manifest.FILE);
    out.append("` holds its settings, model identity and the CID of every file.\n");
  }

  private static void figure(StringBuilder out, String name, long value) {
    out.append("| ").append(name).append(" | ").append(value).append(" |\n");
  }

  private static long rows(Manifest manifest, String table) {
    return manifest.table(table).stream().mapToLong(DataFile::rows).sum();
  }

  /** The hub's names of sizes, by rows of the default table. */
  static String sizeCategory(long rows) {
    List<String> names =
        List.of("1K", "10K", "100K", "1M", "10M", "100M", "1B", "10B", "100B", "1T");
    long bound = THOUSAND;
    if (rows < bound) {
      return "n<1K";
    }
    for (int i = 1; i < names.size(); i++) {
      bound *= 10;
      if (rows < bound) {
        return names.get(i - 1) + "<n<" + names.get(i);
      }
    }
    return "n>1T";
  }

  private static void line(StringBuilder out, String name, String value) {
    out.append(name).append(": ").append(scalar(value)).append('\n');
  }

  private static void list(StringBuilder out, String name, List<String> values) {
    if (!values.isEmpty()) {
      out.append(name).append(":\n");
      values.forEach(v -> out.append("- ").append(scalar(v)).append('\n'));
    }
  }

  /** A JSON string is a YAML scalar in double quotes, once its characters are printable. */
  private static String scalar(String value) {
    return JsonWriter.quote(oneLine(value));
  }

  /** What YAML does not let stand in a scalar, or Markdown in a heading, becomes a blank. */
  private static String oneLine(String value) {
    StringBuilder out = new StringBuilder();
    value
        .codePoints()
        .forEach(
            c -> {
              boolean line = c == '\u2028' || c == '\u2029' || c == '\uFEFF';
              out.appendCodePoint(line || Character.isISOControl(c) ? ' ' : c);
            });
    return out.toString().strip();
  }
}
