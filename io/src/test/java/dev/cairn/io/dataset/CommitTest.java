package dev.cairn.io.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cairn.io.block.Block;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.cid.MalformedContentException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommitTest {
  private static final Cid DATASET = Cid.hashOf(Codec.RAW, new byte[0]);
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

  private static Commit commit() {
    return Commit.of(DATASET, DATASET, TIME, "r1", Map.of("rows", 5, "rate", "0.5"));
  }

  /** The CID is that of Kubo 0.42.0: {@code ipfs dag put --store-codec dag-json} of these bytes. */
  @Test
  void isADagJsonBlock() {
    Block block = commit().toBlock();
    assertThat(new String(block.bytes(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"dataset\":{\"/\":\"bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku\"},"
                + "\"figures\":{\"rate\":\"0.5\",\"rows\":5},"
                + "\"parent\":\"bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku\","
                + "\"run\":\"r1\",\"time\":\"2026-01-02T03:04:05Z\",\"version\":1}");
    assertThat(block.cid())
        .hasToString("baguqeerafvhx6aujtggkqbbt7osjbqz3asllsqjt2djmjznkkx5spa2uk4cq");
  }

  @Test
  void comesBackFromItsBlock() throws MalformedContentException {
    assertThat(Commit.from(commit().toBlock())).isEqualTo(commit());
    Commit first = Commit.of(DATASET, null, TIME.plusNanos(999_999_999), "r", Map.of());
    assertThat(Commit.from(first.toBlock())).isEqualTo(first);
    assertThat(first.time()).isEqualTo(TIME);
    assertThat(first.parent()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"version\":1            | \"version\":2",
        "\"version\":1            | \"version\":1,\"zzz\":1",
        "\"time\":\"2026-01-02T03:04:05Z\", | ",
        "2026-01-02T03:04:05Z     | 2026-01-02T03:04:05.5Z",
        "2026-01-02T03:04:05Z     | 2026-01-02T04:04:05+01:00",
        "2026-01-02T03:04:05Z     | yesterday",
        "\"run\":\"r1\"           | \"run\":\"a b\"",
        "\"run\":\"r1\"           | \"run\":1",
        "{\"/\":\"bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku\"} | \"x\"",
        "\"parent\":\"bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku\" |"
            + " \"parent\":\"no cid\"",
        "{\"rate\":\"0.5\",\"rows\":5} | []",
        ",\"run\"                 | , \"run\"",
      })
  void refusesAnyOtherBlock(String part, String instead) {
    String json = new String(commit().toBlock().bytes(), StandardCharsets.UTF_8);
    assertThat(json).contains(part);
    String bad = json.replace(part, instead == null ? "" : instead);
    Block block = Block.of(Codec.DAG_JSON, bad.getBytes(StandardCharsets.UTF_8));
    assertThatExceptionOfType(MalformedContentException.class)
        .isThrownBy(() -> Commit.from(block))
        .withMessageStartingWith("Cannot read ");
  }

  @Test
  void refusesAnotherCodecAndTooManyFigures() {
    Block raw = Block.raw(commit().toBlock().bytes());
    assertThatExceptionOfType(MalformedContentException.class).isThrownBy(() -> Commit.from(raw));
    String long1 = "x".repeat(Commit.MAX_BYTES);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Commit.of(DATASET, null, TIME, "r", Map.of("f", long1)).toBlock())
        .withMessageStartingWith("Cannot write commit: ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Commit.of(DATASET, null, TIME, "", Map.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Commit.of(DATASET, null, TIME, "r", Map.of("f", 0.5)));
  }
}
