package dev.cairn.models.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.models.ModelFiles;
import dev.cairn.models.ModelRef;
import dev.cairn.models.token.TextTokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NumericsProbeTest {

  @Test
  void textsAreFixed() throws NoSuchAlgorithmException {
    byte[] texts = String.join("\n", NumericsProbe.TEXTS).getBytes(StandardCharsets.UTF_8);

    assertThat(NumericsProbe.TEXTS).hasSize(8);
    assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(texts)))
        .isEqualTo("11e3d3ca4b1c2307d4a9f1efe8fe1f5409a4182bcf0050ab12f4b8c1a4d53243");
  }

  @Test
  void textsAreOfManyLengthsUpToAFullChunk(@TempDir Path cache) throws IOException {
    ModelFiles files = ModelFiles.of(ModelRef.parse("builtin:all-MiniLM-L6-v2"), cache);
    try (TextTokenizer tokenizer = TextTokenizer.open(files)) {
      List<Integer> lengths =
          NumericsProbe.TEXTS.stream().map(text -> tokenizer.encode(text, 512).length).toList();
      assertThat(lengths).endsWith(256, 256);
      assertThat(Set.copyOf(lengths)).hasSizeGreaterThan(5);
    }
  }

  @Test
  void oneBitOfOneVectorReachesTheDigest() {
    String digest = NumericsProbe.digest(text -> vector(1));

    assertThat(NumericsProbe.digest(text -> vector(1))).isEqualTo(digest);
    assertThat(
            NumericsProbe.digest(
                text -> vector(text.equals(NumericsProbe.TEXTS.get(5)) ? Math.nextUp(1f) : 1)))
        .isNotEqualTo(digest);
  }

  private static CompletableFuture<float[]> vector(float value) {
    return CompletableFuture.completedFuture(new float[] {value});
  }
}
