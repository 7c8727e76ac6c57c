package dev.cairn.transforms.hub;

import dev.cairn.transforms.record.BadRecordException;
import dev.cairn.transforms.record.ParseJson;
import dev.cairn.transforms.record.RawRecord;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Reads records of the hub from JSON, one a string, for any pipeline. Output: the records under
 * {@link #RECORDS}, and under {@link ParseJson#FAILURES} what is none, with the reason as its key.
 */
public final class ParseHubRecords extends PTransform<PCollection<String>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  public static final TupleTag<HubRecord> RECORDS = new TupleTag<>("records") {};

  private ParseHubRecords() {}

  public static ParseHubRecords create() {
    return new ParseHubRecords();
  }

  @Override
  public PCollectionTuple expand(PCollection<String> records) {
    return records.apply("ParseHubRecord", ParseJson.into(RECORDS, ParseHubRecords::parse));
  }

  private static HubRecord parse(RawRecord record) throws BadRecordException {
    return HubRecords.read(record).record();
  }
}
