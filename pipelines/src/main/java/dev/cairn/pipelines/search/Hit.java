package dev.cairn.pipelines.search;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A chunk that was found.
 *
 * @param rank from 1
 * @param id of its document
 * @param part of the document
 * @param chunk of the part
 * @param score by which it was ranked; comparable within one search only
 * @param title of the document, empty if it has none
 * @param charStart where the chunk begins in the document's text, in code points
 * @param text of the chunk
 */
public record Hit(
    int rank,
    String id,
    int part,
    int chunk,
    double score,
    String title,
    int charStart,
    String text) {

  /** The fields of cli.md. */
  public Map<String, Object> toMap() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("rank", rank);
    fields.put("id", id);
    fields.put("part", part);
    fields.put("chunk", chunk);
    fields.put("score", score);
    fields.put("title", title);
    fields.put("text", text);
    fields.put("char_start", charStart);
    return fields;
  }
}
