package dev.cairn.transforms.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.transforms.record.ParseJson;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.junit.jupiter.api.Test;

class ParseHubRecordsTest {
  @Test
  void partsRecordsFromWhatIsNone() {
    String good = "{\"id\": \"a/b\", \"private\": true, \"createdAt\": \"2024-01-01\"}";
    TestPipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);
    PCollectionTuple parsed =
        pipeline.apply(Create.of(good, "{\"id\": 8}")).apply(ParseHubRecords.create());
    PAssert.that(parsed.get(ParseHubRecords.RECORDS))
        .satisfies(
            records -> {
              assertThat(records)
                  .extracting(r -> r.id() + " " + r.getPrivate() + " " + r.getCreatedAt())
                  .containsExactly("hf-model:a/b true 1704067200000000");
              return null;
            });
    PAssert.that(parsed.get(ParseJson.FAILURES))
        .satisfies(
            failures -> {
              assertThat(failures).hasSize(1);
              return null;
            });
    pipeline.run().waitUntilFinish();
  }
}
