package dev.cairn.transforms.record;

import dev.cairn.io.store.tier.WorkStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Opens files of an input that are tables, whichever kind each is of. Reads are verified. */
public final class TableFiles {
  /** How a table is written. */
  public enum Kind {
    /** JSON objects: one a line, several in a row, or one array of them. */
    JSON,
    CSV,
    PARQUET,
    /** Arrow IPC, file or stream. */
    ARROW
  }

  /** The names that are read, for messages. */
  public static final String READ =
      ".json, .jsonl, .ndjson or .csv, plain, .gz or .bz2; .parquet; .arrow, .arrows or .feather";

  /** Bytes by which {@link #endingOf} tells files apart. */
  public static final int SIGN_BYTES = 8;

  private static final byte[] STREAM = {-1, -1, -1, -1};

  private final RecordFiles files;

  public TableFiles(WorkStore store, InputRoot root) {
    this.files = new RecordFiles(store, root);
  }

  /** Reads one file. */
  @FunctionalInterface
  public interface Reader<T> {
    /**
     * Reads it; may close what it is given.
     *
     * @param file for those that are read at places
     * @param bytes of the file, unpacked, for those that are read from beginning to end
     */
    T read(SeekableByteChannel file, InputStream bytes) throws IOException;
  }

  /** The kind of a file by its name; empty if it is no table. */
  public static Optional<Kind> kindOf(String path) {
    return FileKind.of(path).map(FileKind::form).flatMap(TableFiles::kind);
  }

  /** The ending that a file should have by its first bytes; CSV if nothing else. */
  public static String endingOf(byte[] start) {
    String text = new String(start, StandardCharsets.ISO_8859_1).stripLeading();
    if (text.startsWith("PAR1")) {
      return ".parquet";
    }
    if (text.startsWith("ARROW1")
        || (start.length >= STREAM.length
            && Arrays.equals(start, 0, STREAM.length, STREAM, 0, STREAM.length))) {
      return ".arrow";
    }
    boolean packed = text.startsWith("\u001f\u008b");
    return packed ? ".jsonl.gz" : text.startsWith("{") || text.startsWith("[") ? ".jsonl" : ".csv";
  }

  private static Optional<Kind> kind(FileKind.Form form) {
    return switch (form) {
      case JSON, JSON_LINES -> Optional.of(Kind.JSON);
      case CSV -> Optional.of(Kind.CSV);
      case PARQUET -> Optional.of(Kind.PARQUET);
      case ARROW -> Optional.of(Kind.ARROW);
      case ZIP, TEXT, HTML -> Optional.empty();
    };
  }

  /**
   * Reads a file, and proves at the end that it was the one that was listed.
   *
   * @throws InputChangedException if it was not
   * @throws BadRecordException if it is packed and cannot be unpacked
   */
  public <T> T read(InputFile file, Reader<T> reader) throws IOException, BadRecordException {
    FileKind kind = FileKind.of(file.path()).orElseThrow();
    try (SeekableByteChannel channel = files.open(file)) {
      PlainStream bytes = PlainStream.of(channel, file.size(), kind.packing());
      T result;
      try {
        result = reader.read(new KeptOpen(channel), bytes);
      } catch (IOException e) {
        IOException failure = bytes.failure();
        if (failure != null) {
          throw bytes.judge(failure);
        }
        throw e;
      }
      if (channel instanceof HashingChannel hashing) {
        hashing.finish();
      }
      return result;
    }
  }
}
