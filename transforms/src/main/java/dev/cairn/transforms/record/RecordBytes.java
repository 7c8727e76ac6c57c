package dev.cairn.transforms.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.io.cid.Multihash;
import dev.cairn.io.format.JsonRecords;
import dev.cairn.io.table.Utf8;
import dev.cairn.transforms.record.FileKind.Form;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** The bytes of one record, read by the form of the file that they are from. */
final class RecordBytes {
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private RecordBytes() {}

  /** The bytes of a record that was found, unless there are too many. */
  static byte[] of(JsonRecords.Span span) throws BadRecordException {
    byte[] bytes = span.bytes();
    if (bytes == null) {
      throw new BadRecordException(
          "record_too_large",
          span.length() + " bytes (at most " + JsonRecords.MAX_RECORD_BYTES + ")");
    }
    return bytes;
  }

  static RawRecord read(String path, Form form, byte[] bytes) throws BadRecordException {
    if (!form.isText()) {
      return new RawRecord.Json(path, RecordJson.parse(bytes));
    }
    try {
      String text = Utf8.decode(ByteBuffer.wrap(bytes));
      boolean marked = text.startsWith(BYTE_ORDER_MARK);
      return new RawRecord.Text(path, form == Form.HTML, marked ? text.substring(1) : text);
    } catch (CharacterCodingException e) {
      throw new BadRecordException("invalid_utf8", "bytes that are no text (UTF-8)", e);
    }
  }

  /**
   * SHA-256 of what a part of a document says: blanks and the order of fields are nothing.
   *
   * @param without fields that say nothing
   */
  static byte[] digest(RawRecord record, byte[] bytes, Set<String> without) {
    if (!(record instanceof RawRecord.Json json)) {
      return Multihash.sha256(bytes).digest();
    }
    ObjectNode fields = json.object();
    if (without.stream().anyMatch(fields::has)) {
      fields = fields.deepCopy();
      fields.remove(without);
    }
    return Multihash.sha256(RecordJson.canonical(fields).getBytes(StandardCharsets.UTF_8)).digest();
  }

  /** Refuses a record with a text that has no UTF-8: JSON can escape half a character. */
  static void requireUnicode(RawRecord record) throws BadRecordException {
    if (record instanceof RawRecord.Json json) {
      RecordJson.requireUnicode(json.object());
    }
  }

  /** The form of the record of a file, which may have been packed. */
  static Form formOf(String path) {
    return FileKind.of(path).map(FileKind::form).filter(Form::isText).orElse(Form.JSON);
  }
}
