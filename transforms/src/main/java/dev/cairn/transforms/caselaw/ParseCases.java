package dev.cairn.transforms.caselaw;

import dev.cairn.transforms.record.BadRecordException;
import dev.cairn.transforms.record.ParseJson;
import dev.cairn.transforms.record.RawRecord;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Reads cases from JSON, one a string, for any pipeline. Output: the cases under {@link #CASES},
 * and under {@link ParseJson#FAILURES} what is no case, with the reason as its key.
 */
public final class ParseCases extends PTransform<PCollection<String>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  public static final TupleTag<CaseDocument> CASES = new TupleTag<>("cases") {};

  private ParseCases() {}

  public static ParseCases create() {
    return new ParseCases();
  }

  @Override
  public PCollectionTuple expand(PCollection<String> records) {
    return records.apply("ParseCase", ParseJson.into(CASES, ParseCases::parse));
  }

  private static CaseDocument parse(RawRecord record) throws BadRecordException {
    return CaseRecords.read(record).alone();
  }
}
