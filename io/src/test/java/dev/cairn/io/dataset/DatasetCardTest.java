package dev.cairn.io.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetCardTest {
  private static String card(String title, Manifest manifest) {
    DatasetCard card =
        new DatasetCard(
            title, "cc0-1.0", List.of("en"), List.of("legal", "embeddings"), "Cases, in chunks.\n");
    return new String(card.toMarkdown(manifest), StandardCharsets.UTF_8);
  }

  @Test
  void tellsReadersWhereTheTablesAre() {
    assertThat(card("Case law", ManifestTest.builder().build()))
        .startsWith(
            """
            ---
            pretty_name: "Case law"
            license: "cc0-1.0"
            language:
            - "en"
            tags:
            - "legal"
            - "embeddings"
            size_categories:
            - "n<1K"
            configs:
            - config_name: "chunks"
              data_files: "data/chunks/*.parquet"
              default: true
            - config_name: "documents"
              data_files: "data/documents/*.parquet"
            ---

            # Case law

            Cases, in chunks.

            | table | rows | files | bytes |
            | --- | ---: | ---: | ---: |
            | `chunks` | 20 | 2 | 2000 |
            | `documents` | 20 | 2 | 2000 |

            | figure | value |
            | --- | ---: |
            | chunks | 10 |
            | documents | 20 |
            | dead letters, `bad_json` | 2 |
            """)
        .doesNotContain("errors/")
        .endsWith("CID of every file.\n");
  }

  @Test
  void declaresOnlyTablesThatHaveFiles() {
    ManifestBuilder builder =
        Manifest.builder().pipeline("scan").input(Cid.hashOf(Codec.RAW, new byte[0]));
    assertThat(card("Nothing", builder.build())).doesNotContain("configs").doesNotContain("size_");
    DataFile documents =
        new DataFile("data/documents/x.parquet", Cid.hashOf(Codec.RAW, new byte[1]), 5_000, 1);
    DataFile citations =
        new DataFile("data/citations/x.parquet", Cid.hashOf(Codec.RAW, new byte[2]), 9, 1);
    String key = "ab".repeat(32);
    builder.shard(Shard.of(null, key, Map.of("citations", citations, "documents", documents)));
    assertThat(card("Scan", builder.build()))
        .contains("- \"1K<n<10K\"\n")
        .contains(
            """
            configs:
            - config_name: "documents"
              data_files: "data/documents/*.parquet"
              default: true
            - config_name: "citations"
              data_files: "data/citations/*.parquet"
            ---
            """);
  }

  @Test
  void quotesWhatYamlWouldMisread() {
    String card =
        card("Yes: \"é\" \\ # 'x'\n---\u0085\u2028\ufeff", ManifestTest.builder().build());
    assertThat(card).startsWith("---\npretty_name: \"Yes: \\\"é\\\" \\\\ # 'x' ---\"\nlicense: ");
  }

  @ParameterizedTest
  @CsvSource({
    "0, n<1K",
    "999, n<1K",
    "1000, 1K<n<10K",
    "99999, 10K<n<100K",
    "100000, 100K<n<1M",
    "999999999, 100M<n<1B",
    "999999999999, 100B<n<1T",
    "1000000000000, n>1T",
    "9223372036854775807, n>1T",
  })
  void namesSizesAsTheHubDoes(long rows, String category) {
    assertThat(DatasetCard.sizeCategory(rows)).isEqualTo(category);
  }
}
