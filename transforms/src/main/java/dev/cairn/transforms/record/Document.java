package dev.cairn.transforms.record;

import dev.cairn.transforms.text.PartedText;

/**
 * What a record says, ready for the tables: its text in parts and the values of its source's own
 * columns. Held by one thread, never carried by a PCollection.
 *
 * @param id {@code SOURCE:NATIVE}
 * @param title a line that names it to a reader
 * @param body its text
 * @param columns values of {@link RecordSource#documentColumns}, in order
 * @param labels values of {@link RecordSource#chunkColumns}, in order
 */
@SuppressWarnings("ArrayRecordComponent") // rows: never compared
public record Document(
    String id, String title, PartedText body, Object[] columns, Object[] labels) {}
