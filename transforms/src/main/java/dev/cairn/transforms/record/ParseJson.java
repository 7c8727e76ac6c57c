package dev.cairn.transforms.record;

import java.io.Serializable;
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
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * Reads values from JSON, one a string. Output: the values under their tag, and under {@link
 * #FAILURES} what is none, with the reason as its key.
 *
 * @param <T> the values
 */
public final class ParseJson<T> extends PTransform<PCollection<String>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** Reason, then the string that was refused. */
  public static final TupleTag<KV<String, String>> FAILURES = new TupleTag<>("failures") {};

  /** Reads one record. */
  @FunctionalInterface
  public interface Parser<T> extends Serializable {
    T parse(RawRecord record) throws BadRecordException;
  }

  private final TupleTag<T> values;
  private final Parser<T> parser;

  private ParseJson(TupleTag<T> values, Parser<T> parser) {
    this.values = values;
    this.parser = parser;
  }

  /** Reads by {@code parser}; what it returns is under {@code values}. */
  public static <T> ParseJson<T> into(TupleTag<T> values, Parser<T> parser) {
    return new ParseJson<>(values, parser);
  }

  @Override
  public PCollectionTuple expand(PCollection<String> records) {
    PCollectionTuple parsed =
        records.apply(
            "Parse",
            ParDo.of(new ParseFn<>(values, parser))
                .withOutputTags(values, TupleTagList.of(FAILURES)));
    parsed.get(FAILURES).setCoder(KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of()));
    return parsed;
  }

  static final class ParseFn<T> extends DoFn<String, T> {
    private static final long serialVersionUID = 1L;

    private final TupleTag<T> values;
    private final Parser<T> parser;

    ParseFn(TupleTag<T> values, Parser<T> parser) {
      this.values = values;
      this.parser = parser;
    }

    @Override
    public TypeDescriptor<T> getOutputTypeDescriptor() {
      return values.getTypeDescriptor();
    }

    @ProcessElement
    public void parse(@Element String record, MultiOutputReceiver out) {
      try {
        byte[] bytes = record.getBytes(StandardCharsets.UTF_8);
        out.get(values).output(parser.parse(new RawRecord.Json("", RecordJson.parse(bytes))));
      } catch (BadRecordException e) {
        out.get(FAILURES).output(KV.of(e.code() + ": " + e.reason(), record));
      }
    }
  }
}
