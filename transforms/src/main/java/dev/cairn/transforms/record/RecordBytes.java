package dev.cairn.transforms.record;

import dev.cairn.io.format.JsonRecords;
import dev.cairn.io.table.Utf8;
import dev.cairn.transforms.record.FileKind.Form;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

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
      return new RawRecord.Json(RecordJson.parse(bytes));
    }
    try {
      String text = Utf8.decode(ByteBuffer.wrap(bytes));
      boolean marked = text.startsWith(BYTE_ORDER_MARK);
      return new RawRecord.Text(path, form == Form.HTML, marked ? text.substring(1) : text);
    } catch (CharacterCodingException e) {
      throw new BadRecordException("invalid_utf8", "bytes that are no text (UTF-8)", e);
    }
  }

  /** The form of the record of a file, which may have been packed. */
  static Form formOf(String path) {
    return FileKind.of(path).map(FileKind::form).filter(Form::isText).orElse(Form.JSON);
  }
}
