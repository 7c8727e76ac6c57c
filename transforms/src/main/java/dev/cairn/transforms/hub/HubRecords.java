package dev.cairn.transforms.hub;

import dev.cairn.transforms.record.BadRecordException;
import dev.cairn.transforms.record.Fields;
import dev.cairn.transforms.record.RawRecord;

/** Tells the forms of records of the hub apart by their fields, and reads each. */
final class HubRecords {
  private HubRecords() {}

  /**
   * What a record tells of its repository. The order is that in which they are believed, where
   * several tell the same.
   */
  enum Part {
    /** The API's record, or a row of a dump of it. */
    INFO,
    /** A card alone. */
    CARD,
    /** A description by others. */
    NOTE
  }

  /** A record that was read. */
  record Read(Part part, HubRecord record) {}

  static Read read(RawRecord record) throws BadRecordException {
    if (record instanceof RawRecord.Text text) {
      return new Read(Part.CARD, CardRecord.ofFile(text));
    }
    RawRecord.Json json = (RawRecord.Json) record;
    Fields fields = Fields.of(json.object());
    if (ScanRow.is(fields)) {
      return new Read(Part.INFO, ScanRow.parse(fields));
    }
    if (CatalogRecord.is(fields)) {
      return new Read(Part.NOTE, CatalogRecord.parse(json.object()));
    }
    if (ApiRecord.is(fields)) {
      return new Read(Part.INFO, ApiRecord.parse(json.path(), json.object()));
    }
    if (CardRecord.is(fields)) {
      return new Read(Part.CARD, CardRecord.parse(json.path(), json.object()));
    }
    throw new BadRecordException(
        "unknown_record",
        "no repository by its fields (id or modelId with tags, author, downloads or more; id and"
            + " card; api_name)");
  }
}
