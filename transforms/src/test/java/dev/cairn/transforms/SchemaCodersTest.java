package dev.cairn.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.transforms.convert.ConvertedFile;
import dev.cairn.transforms.convert.TableTask;
import dev.cairn.transforms.embed.ShardReceipt;
import dev.cairn.transforms.embed.ShardTask;
import dev.cairn.transforms.record.FileBatch;
import dev.cairn.transforms.record.PlanPart;
import dev.cairn.transforms.text.Chunk;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.beam.sdk.schemas.SchemaCoder;
import org.apache.beam.sdk.schemas.SchemaRegistry;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The values that PCollections carry keep every field on their way between workers. */
class SchemaCodersTest {

  static Stream<Object> values() {
    return Stream.of(
        FileBatch.of("key", "listing", 1L << 40, 7, 1L << 41, "a/b", List.of("c")),
        PlanPart.of(
            "key", "listed", List.of("a", "b"), "", "several", "", 3, 2, Map.of("code", 1L)),
        PlanPart.of("key", "listed", List.of(), "letters", "", "unpacked", 0, 0, Map.of()),
        ShardTask.of("key", "plan", 1L << 40, 9, 1L << 41, List.of("a")),
        ShardReceipt.of(
            "key", "shard", 1, 2, 3, 1, 2, Map.of("no_tokens", 4L), Map.of("citations", 5L)),
        TableTask.of("key", "a/b.csv", "cid", 1L << 40, "a"),
        ConvertedFile.of("cid", 1L << 40, 1L << 41, "problem"),
        Chunk.of("cap:1", 1, 2, 3, 4, 5, "text \uD83D\uDD28"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void keepEveryField(Object value) throws Exception {
    @SuppressWarnings("unchecked") // the AutoValue type that stands above its generated class
    Class<Object> type = (Class<Object>) value.getClass().getSuperclass();
    SchemaCoder<Object> coder = SchemaRegistry.createDefault().getSchemaCoder(type);
    assertThat(coder.getSchema().getFieldCount()).isPositive();
    Object copy = CoderUtils.clone(coder, value);
    // Not by equals: a map that Beam decoded is equal to itself only.
    assertThat(copy).hasToString(value.toString());
    assertThat(CoderUtils.encodeToByteArray(coder, copy))
        .isEqualTo(CoderUtils.encodeToByteArray(coder, value));
  }
}
