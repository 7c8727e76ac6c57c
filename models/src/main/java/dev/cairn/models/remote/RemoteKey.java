package dev.cairn.models.remote;

import dev.cairn.io.store.http.Credentials;
import dev.cairn.models.UnsupportedModelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The token for an endpoint, which each process reads from its own environment: {@code
 * CAIRN_OPENAI_KEY}, or the file that {@code CAIRN_OPENAI_KEY_FILE} names. {@code OPENAI_API_KEY}
 * is not read: what is meant for OpenAI is not sent to whatever endpoint is named.
 */
final class RemoteKey {
  static final String VARIABLE = "CAIRN_OPENAI_KEY";
  private static final String FILE = VARIABLE + "_FILE";
  private static final int MAX_BYTES = 16 << 10;

  private RemoteKey() {}

  /**
   * Reads it.
   *
   * @throws UnsupportedModelException if there is one that is no token, without telling it
   * @throws IOException if the file cannot be read
   */
  static Credentials of(Map<String, String> environment) throws IOException {
    String token = environment.getOrDefault(VARIABLE, "");
    String file = environment.getOrDefault(FILE, "");
    if (!file.isEmpty()) {
      Path path = Path.of(file);
      if (!Files.isRegularFile(path) || Files.size(path) > MAX_BYTES) {
        throw UnsupportedModelException.setting(FILE, file + " (a file with a token alone)");
      }
      token = Files.readString(path, StandardCharsets.UTF_8);
    }
    if (token.isBlank() && !file.isEmpty()) {
      throw refused(FILE);
    }
    try {
      return Credentials.ofToken(token);
    } catch (IllegalArgumentException e) {
      throw refused(file.isEmpty() ? VARIABLE : FILE);
    }
  }

  private static UnsupportedModelException refused(String where) {
    return UnsupportedModelException.setting(where, "it is not shown (one line, no blank)");
  }
}
