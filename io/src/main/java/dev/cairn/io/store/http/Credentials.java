package dev.cairn.io.store.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;

/**
 * What an endpoint wants to see before it answers: nothing, a bearer token, or a user and password.
 * Written as Kubo writes them: {@code bearer:TOKEN} or {@code basic:USER:PASSWORD}.
 *
 * <p>Not serializable, and never in any text: each process reads them from its own environment or
 * file. Immutable.
 */
public final class Credentials {
  private static final int MAX_FILE_BYTES = 16 << 10;
  private static final String HIDDEN = "***";
  private static final Credentials NONE = new Credentials("none", "", List.of());

  private final String kind;
  private final String header;

  /** Every form of the secret that another's text might repeat, the longest first. */
  private final List<String> secrets;

  private Credentials(String kind, String header, List<String> secrets) {
    this.kind = kind;
    this.header = header;
    List<String> longestFirst = new ArrayList<>(secrets);
    longestFirst.sort(Comparator.comparingInt(String::length).reversed());
    this.secrets = List.copyOf(longestFirst);
  }

  /** No credentials. */
  public static Credentials none() {
    return NONE;
  }

  /**
   * Reads {@code bearer:TOKEN} or {@code basic:USER:PASSWORD}; empty text is none.
   *
   * @throws IllegalArgumentException for any other form, without telling what was given
   */
  public static Credentials parse(String text) {
    String given = text.strip();
    if (given.isEmpty()) {
      return NONE;
    }
    boolean visible = given.chars().allMatch(c -> c > ' ' && c < 0x7f);
    if (visible && given.startsWith("bearer:") && given.length() > "bearer:".length()) {
      String token = given.substring("bearer:".length());
      return new Credentials("bearer", "Bearer " + token, List.of(token));
    }
    String pair = given.startsWith("basic:") ? given.substring("basic:".length()) : "";
    int colon = pair.indexOf(':');
    if (visibleOrSpace(pair) && colon > 0 && colon < pair.length() - 1) {
      String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
      List<String> secrets = List.of(encoded, pair, pair.substring(colon + 1));
      return new Credentials("basic", "Basic " + encoded, secrets);
    }
    throw new IllegalArgumentException(
        "Cannot read credentials: a value that is not shown (bearer:TOKEN or basic:USER:PASSWORD)");
  }

  /**
   * Reads a bearer token as Hugging Face and OpenAI write them, without {@code bearer:} before it;
   * blank text is none.
   *
   * @throws IllegalArgumentException for more than a word, without telling what was given
   */
  public static Credentials ofToken(String token) {
    return token.isBlank() ? NONE : parse("bearer:" + token.strip());
  }

  private static boolean visibleOrSpace(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c != 0x7f);
  }

  /**
   * Reads them from a file that holds nothing else.
   *
   * @throws IllegalArgumentException if the file holds another form
   * @throws IOException if it cannot be read
   */
  public static Credentials fromFile(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("Cannot read credentials: " + file + " (a file)");
    }
    if (Files.size(file) > MAX_FILE_BYTES) {
      throw new IllegalArgumentException(
          "Cannot read credentials: " + file + " (at most " + MAX_FILE_BYTES + " bytes)");
    }
    try {
      return parse(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Cannot read credentials: " + file + " (bearer:TOKEN or basic:USER:PASSWORD)", e);
    }
  }

  boolean isNone() {
    return header.isEmpty();
  }

  /** The value of the {@code Authorization} header. */
  String header() {
    return header;
  }

  /** Text of others with every form of the secret taken out. */
  String redact(String text) {
    String clean = text;
    for (String secret : secrets) {
      clean = clean.replace(secret, HIDDEN);
    }
    return clean;
  }

  /** The kind alone. */
  @Override
  public String toString() {
    return "Credentials[" + kind + "]";
  }
}
