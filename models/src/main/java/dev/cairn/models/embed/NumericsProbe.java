package dev.cairn.models.embed;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Eight fixed texts whose vectors' bits make CPU kinds and library versions visible. The texts are
 * part of every identity: changing one changes all, and then {@code NumericsKey}'s number of probes
 * must be raised.
 */
public final class NumericsProbe {

  /** The longest probe with its special tokens: the length that most chunks have. */
  static final int MAX_TOKENS = 256;

  private static final int SPECIAL_TOKENS = 2;

  /** Common words, each a single token of the usual English vocabularies. */
  private static final List<String> WORDS =
      List.of(
          "the", "river", "court", "found", "that", "stone", "was", "moved", "by", "water", "and",
          "not", "hand", "so", "claim", "failed", "when", "road", "was", "built");

  /** The texts, each of at most {@link #MAX_TOKENS} tokens of the usual vocabularies. */
  public static final List<String> TEXTS =
      List.of(
          "cairn",
          "A heap of stones marks the way over the pass.",
          "The lessee shall repair the fence, the gate and the wall; the lessor shall pay for it.",
          "17 of 23 claims (74 %) were upheld on 3 May 1912: see \u00a7 4, no. 12-b.",
          "El r\u00edo creci\u00f3; \u00fcber Nacht kam Schnee, \u03ba\u03b1\u03b9"
              + " \u03cc\u03bb\u03b1 \u03ac\u03c3\u03c0\u03c1\u03b9\u03c3\u03b1\u03bd.",
          "\u77f3\u5806\u6307\u8def \u05d0\u05d1\u05df \u062d\u062c\u0631 \ud83e\udea8",
          words(0),
          words(7));

  private NumericsProbe() {}

  private static String words(int first) {
    return IntStream.range(first, first + MAX_TOKENS - SPECIAL_TOKENS)
        .mapToObj(i -> WORDS.get(i % WORDS.size()))
        .collect(Collectors.joining(" "));
  }

  static String digest(Function<String, CompletableFuture<float[]>> embedder) {
    return digest(Futures.all(TEXTS, embedder));
  }

  /** SHA-256, lower-case hex, of {@link #bytes}. */
  public static String digest(List<float[]> vectors) {
    return HexFormat.of().formatHex(sha256().digest(bytes(vectors)));
  }

  /** The vectors' floats as big-endian IEEE 754 bits, in order. */
  public static byte[] bytes(List<float[]> vectors) {
    int floats = vectors.stream().mapToInt(vector -> vector.length).sum();
    ByteBuffer bytes = ByteBuffer.allocate(floats * Float.BYTES);
    for (float[] vector : vectors) {
      bytes.asFloatBuffer().put(vector);
      bytes.position(bytes.position() + vector.length * Float.BYTES);
    }
    return bytes.array();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
