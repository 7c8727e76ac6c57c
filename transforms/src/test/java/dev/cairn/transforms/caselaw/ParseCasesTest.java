package dev.cairn.transforms.caselaw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.transforms.record.ParseJson;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.junit.jupiter.api.Test;

class ParseCasesTest {
  @Test
  void partsCasesFromWhatIsNone() {
    String good = "{\"id\": 7, \"casebody\": {\"opinions\": [{\"text\": \"It is so ordered.\"}]}}";
    TestPipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);
    PCollectionTuple parsed =
        pipeline.apply(Create.of(good, "{\"id\": 8}")).apply(ParseCases.create());
    PAssert.that(parsed.get(ParseCases.CASES))
        .satisfies(
            cases -> {
              assertThat(cases).extracting(CaseDocument::getId).containsExactly("cap:7");
              return null;
            });
    PAssert.that(parsed.get(ParseJson.FAILURES))
        .containsInAnyOrder(
            List.of(
                KV.of(
                    "unknown_record: no case by its fields"
                        + " (casebody; id and text; opinions; cluster; case_name and docket;"
                        + " docket_number and court; full_name and citation_string)",
                    "{\"id\": 8}")));
    pipeline.run().waitUntilFinish();
  }
}
