package dev.cairn.transforms.record;

import dev.cairn.io.dataset.DatasetCard;
import dev.cairn.io.table.Column;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A subject's records: which files hold them, what they say, which columns they have. Stateless; it
 * travels with the job.
 */
public interface RecordSource extends Serializable {

  /** The pipeline's name, which is also its default ref: {@code caselaw}. */
  String name();

  /** Raised whenever the same bytes would give another document. Part of every key. */
  int version();

  /** What else reaches a document than version and bytes; part of every key. */
  default SortedMap<String, Object> settings() {
    return new TreeMap<>();
  }

  /** True if a file is known by its name to hold no records (metadata, renderings). */
  boolean skips(String path);

  /** The source's own columns of the documents table. */
  List<Column> documentColumns();

  /**
   * The few columns that chunks repeat so that people can filter without a join; {@code title} is
   * {@link Document#title}.
   */
  List<Column> chunkColumns();

  /** Tables beside documents and chunks. */
  List<SideTable> sideTables();

  /** The card of a dataset made from such records. */
  DatasetCard card();

  /** True if the file of CSV with these columns escapes quotes by a backslash. */
  boolean escapesByBackslash(List<String> columns);

  /**
   * Fields of JSON records that change while what a record says stays the same: records that differ
   * in them alone are copies.
   */
  Set<String> volatileFields();

  /**
   * Reads one record.
   *
   * @throws BadRecordException if it is not what this source expects, naming the field
   */
  Piece parse(RawRecord record) throws BadRecordException;

  /**
   * Makes a document of the parts of one id, at least one of them with text.
   *
   * @param parts in order
   * @throws BadRecordException if they make none
   */
  Document join(String id, List<Piece> parts) throws BadRecordException;
}
