package dev.cairn.transforms.record;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a file's name says of its content.
 *
 * @param form how records lie in it
 * @param packing how the file as a whole is packed
 */
record FileKind(Form form, Packing packing) {
  /** How records lie in a file. */
  enum Form {
    /** A JSON value, several values, or one array of them. */
    JSON,
    /** One JSON value a line. */
    JSON_LINES,
    CSV,
    PARQUET,
    /** Arrow IPC, file or stream. */
    ARROW,
    /** An archive of files. */
    ZIP,
    /** A text that is one record. */
    TEXT,
    /** A page that is one record. */
    HTML;

    /** True if a record can be read again at its place in such a file. */
    boolean inPlace() {
      return this == JSON || this == JSON_LINES || isText();
    }

    /** True if the file is one record, and no JSON. */
    boolean isText() {
      return this == TEXT || this == HTML;
    }
  }

  /** How a file is packed. */
  enum Packing {
    NONE,
    GZIP,
    BZIP2
  }

  /** The names that are read, for messages. */
  static final String READ =
      ".json, .jsonl, .ndjson, .csv, .txt, .md or .html, plain, .gz or .bz2; .parquet; .arrow;"
          + " .zip";

  private static final Map<String, Form> FORMS =
      Map.ofEntries(
          Map.entry("json", Form.JSON),
          Map.entry("jsonl", Form.JSON_LINES),
          Map.entry("ndjson", Form.JSON_LINES),
          Map.entry("csv", Form.CSV),
          Map.entry("parquet", Form.PARQUET),
          Map.entry("arrow", Form.ARROW),
          Map.entry("arrows", Form.ARROW),
          Map.entry("feather", Form.ARROW),
          Map.entry("zip", Form.ZIP),
          Map.entry("txt", Form.TEXT),
          Map.entry("md", Form.TEXT),
          Map.entry("html", Form.HTML),
          Map.entry("htm", Form.HTML));

  private static final Map<String, Packing> PACKINGS =
      Map.of("gz", Packing.GZIP, "bz2", Packing.BZIP2);

  /** The kind of a file, or nothing if it is none that is read. */
  static Optional<FileKind> of(String path) {
    String name = path.toLowerCase(Locale.ROOT);
    Packing packing = PACKINGS.getOrDefault(extension(name), Packing.NONE);
    String plain = packing == Packing.NONE ? name : name.substring(0, name.lastIndexOf('.'));
    Form form = FORMS.get(extension(plain));
    boolean packedTwice =
        packing != Packing.NONE && (form == Form.PARQUET || form == Form.ARROW || form == Form.ZIP);
    return form == null || packedTwice
        ? Optional.empty()
        : Optional.of(new FileKind(form, packing));
  }

  /** True if records can be read again at their places in the file as it is. */
  boolean inPlace() {
    return packing == Packing.NONE && form.inPlace();
  }

  private static String extension(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
