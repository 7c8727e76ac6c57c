package dev.cairn.io.dataset;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The key of an action: a SHA-256 over everything that reaches its result (design.md, "Keys"). Each
 * part goes in behind its length as eight bytes, so that no two lists of parts are the same bytes.
 * For one thread.
 */
public final class ActionKey {
  private static final String MAGIC = "cairn-action 1";

  private final MessageDigest digest;

  private ActionKey() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("SHA-256 is in every JDK", e);
    }
  }

  /**
   * Starts the key of a shard; its rows' digests follow in order as parts.
   *
   * @param settings the settings' fingerprint
   * @param model the model identity's digest, empty where no model is used
   */
  public static ActionKey ofShard(String settings, String model) {
    return new ActionKey().part(MAGIC).part("shard").part(settings).part(model);
  }

  /** Starts the key of another kind of action, such as a file's plan. */
  public static ActionKey of(String kind) {
    return new ActionKey().part(MAGIC).part(kind);
  }

  public ActionKey part(String text) {
    return part(text.getBytes(StandardCharsets.UTF_8));
  }

  public ActionKey part(byte[] bytes) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(bytes.length).flip());
    digest.update(bytes);
    return this;
  }

  /** The key as 64 hexadecimal digits. Ends it: no part may follow. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
