package dev.cairn.transforms.record;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** One record as it lies in a file, before its source has looked at it. */
public sealed interface RawRecord {
  /**
   * A JSON object, or a row of a table by the names of its columns.
   *
   * @param path of the file below the input root
   */
  record Json(String path, ObjectNode object) implements RawRecord {}

  /**
   * A file of text that is one record.
   *
   * @param path of the file below the input root
   * @param html true if it is HTML
   */
  record Text(String path, boolean html, String text) implements RawRecord {}
}
