package dev.cairn.io.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cairn.io.cid.MalformedContentException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.Base64;
import java.util.Map;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class ArrowFooterTest {
  /** Arrow's own reader is the judge of what was written without it. */
  @Test
  void saysEveryColumnToArrow() throws IOException {
    byte[] message = Base64.getDecoder().decode(ArrowFooter.of(Tables.ALL));
    Schema schema =
        MessageSerializer.deserializeSchema(
            new ReadChannel(Channels.newChannel(new ByteArrayInputStream(message))));
    assertThat(schema)
        .hasToString(
            "Schema<id: Utf8 not null, chunk: Int(32, true) not null, downloads: Int(64, true),"
                + " score: FloatingPoint(DOUBLE), gated: Bool, court: Utf8, text: Utf8 not null,"
                + " citations: List<element: Utf8 not null> not null, parts: List<element:"
                + " Struct<kind: Utf8 not null, author: Utf8, char_start: Int(32, true) not null,"
                + " char_end: Int(32, true) not null> not null>, volume: Struct<number: Int(32,"
                + " true), pages: List<element: Int(64, true) not null>>, embedding:"
                + " FixedSizeList(384)<element: FloatingPoint(SINGLE) not null> not null>");
  }

  @Test
  void findsVectorsAgain() throws IOException {
    assertThat(ArrowFooter.dimensions(ArrowFooter.of(Tables.ALL)))
        .isEqualTo(Map.of("embedding", Tables.DIMENSION));
    assertThat(ArrowFooter.dimensions(null)).isEmpty();
  }

  @Test
  void refusesWhatIsNoSchema() {
    byte[] good = Base64.getDecoder().decode(ArrowFooter.of(Tables.ALL));
    for (int length = 0; length < good.length / 2; length += 7) {
      byte[] cut = java.util.Arrays.copyOf(good, length);
      String text = Base64.getEncoder().encodeToString(cut);
      assertThatExceptionOfType(MalformedContentException.class)
          .isThrownBy(() -> ArrowFooter.dimensions(text))
          .withMessage("Cannot read footer: ARROW:schema (a schema message)");
    }
    assertThatExceptionOfType(MalformedContentException.class)
        .isThrownBy(() -> ArrowFooter.dimensions("not base64"));
  }
}
