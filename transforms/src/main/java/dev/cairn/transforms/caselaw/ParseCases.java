package dev.cairn.transforms.caselaw;

import dev.cairn.transforms.record.BadRecordException;
import dev.cairn.transforms.record.RawRecord;
import dev.cairn.transforms.record.RecordJson;
import java.nio.charset.StandardCharsets;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Reads cases from JSON, one a string, for any pipeline. Output: the cases under {@link #CASES},
 * and under {@link #FAILURES} what is no case, with the reason as its key.
 */
public final class ParseCases extends PTransform<PCollection<String>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  public static final TupleTag<CaseDocument> CASES = new TupleTag<>("cases") {};

  /** Reason, then the string that was refused. */
  public static final TupleTag<KV<String, String>> FAILURES = new TupleTag<>("failures") {};

  private ParseCases() {}

  public static ParseCases create() {
    return new ParseCases();
  }

  @Override
  public PCollectionTuple expand(PCollection<String> records) {
    PCollectionTuple parsed =
        records.apply(
            "ParseCase",
            ParDo.of(new ParseCaseFn()).withOutputTags(CASES, TupleTagList.of(FAILURES)));
    parsed.get(FAILURES).setCoder(KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of()));
    return parsed;
  }

  static final class ParseCaseFn extends DoFn<String, CaseDocument> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void parse(@Element String record, MultiOutputReceiver out) {
      try {
        byte[] bytes = record.getBytes(StandardCharsets.UTF_8);
        RawRecord parsed = new RawRecord.Json("", RecordJson.parse(bytes));
        out.get(CASES).output(CaseRecords.read(parsed).alone());
      } catch (BadRecordException e) {
        out.get(FAILURES).output(KV.of(e.code() + ": " + e.reason(), record));
      }
    }
  }
}
