package dev.cairn.transforms.caselaw;

import dev.cairn.transforms.record.BadRecordException;
import dev.cairn.transforms.record.Fields;
import dev.cairn.transforms.record.Piece;
import dev.cairn.transforms.record.RawRecord;
import java.util.List;

/** Tells the forms of case law apart by the fields of a record, and reads each. */
final class CaseRecords {
  private CaseRecords() {}

  /** A case, or a part of one. */
  sealed interface Read {
    /** The case; one that has only this part, if it is a part. */
    CaseDocument alone();

    record Whole(CaseDocument document) implements Read {
      @Override
      public CaseDocument alone() {
        return document;
      }
    }

    record Part(Piece piece) implements Read {
      @Override
      public CaseDocument alone() {
        return CourtListener.join(List.of(piece));
      }
    }
  }

  static Read read(RawRecord record) throws BadRecordException {
    return record instanceof RawRecord.Text text
        ? new Read.Whole(TextCase.parse(text))
        : read((RawRecord.Json) record);
  }

  private static Read read(RawRecord.Json json) throws BadRecordException {
    Fields fields = Fields.of(json.object());
    if (fields.has("casebody")) {
      return new Read.Whole(CapCase.parse(json.object()));
    }
    if (CourtListener.isCitation(fields)) {
      return new Read.Part(CourtListener.citation(fields));
    }
    if (CourtListener.isOpinion(fields)) {
      return new Read.Part(CourtListener.opinion(fields));
    }
    if (ColdCase.is(fields)) {
      return new Read.Whole(ColdCase.parse(fields));
    }
    if (CourtListener.isCluster(fields)) {
      return new Read.Part(CourtListener.cluster(fields));
    }
    if (CapRow.is(fields)) {
      return new Read.Whole(CapRow.parse(fields));
    }
    if (Dockets.isDocket(fields)) {
      return new Read.Part(CourtListener.docket(fields));
    }
    if (Dockets.isCourt(fields)) {
      return new Read.Part(CourtListener.courtRecord(fields));
    }
    throw new BadRecordException(
        "unknown_record",
        "no case by its fields (casebody; id and text; opinions; cluster; case_name and docket;"
            + " docket_number and court; full_name and citation_string)");
  }
}
