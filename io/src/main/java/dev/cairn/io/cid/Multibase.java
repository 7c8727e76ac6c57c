package dev.cairn.io.cid;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** The text forms of bytes that CIDs are written in, each with its multibase prefix. */
public enum Multibase {
  BASE16('f'),
  BASE16_UPPER('F'),
  BASE32('b'),
  BASE32_UPPER('B'),
  BASE32_HEX('v'),
  BASE32_HEX_UPPER('V'),
  BASE36('k'),
  BASE36_UPPER('K'),
  BASE58_BTC('z'),
  BASE64('m'),
  BASE64_URL('u');

  /** Characters of the longest text that is decoded: far above any CID, so work stays bounded. */
  public static final int MAX_CHARS = 1024;

  private static final String DIGITS_16 = "0123456789abcdef";
  private static final String DIGITS_32 = "abcdefghijklmnopqrstuvwxyz234567";
  private static final String DIGITS_32_HEX = "0123456789abcdefghijklmnopqrstuv";
  private static final String DIGITS_36 = "0123456789abcdefghijklmnopqrstuvwxyz";
  private static final String DIGITS_58 =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

  private final char prefix;

  Multibase(char prefix) {
    this.prefix = prefix;
  }

  /** Decodes text that starts with its multibase prefix. */
  public static byte[] decode(String text) throws MalformedContentException {
    if (text.isEmpty()) {
      throw new MalformedContentException("Cannot decode multibase: empty text (a prefix)");
    }
    for (Multibase base : values()) {
      if (base.prefix == text.charAt(0)) {
        return base.decodeBody(text.substring(1));
      }
    }
    throw new MalformedContentException(
        "Cannot decode multibase: prefix '" + text.charAt(0) + "' (base 16, 32, 36, 58 or 64)");
  }

  /** Text of {@code bytes}, with the prefix. */
  public String encode(byte[] bytes) {
    return prefix + encodeBody(bytes);
  }

  /** Text without the prefix. */
  String encodeBody(byte[] bytes) {
    return switch (this) {
      case BASE16 -> BitDigits.encode(bytes, DIGITS_16);
      case BASE16_UPPER -> upper(BitDigits.encode(bytes, DIGITS_16));
      case BASE32 -> BitDigits.encode(bytes, DIGITS_32);
      case BASE32_UPPER -> upper(BitDigits.encode(bytes, DIGITS_32));
      case BASE32_HEX -> BitDigits.encode(bytes, DIGITS_32_HEX);
      case BASE32_HEX_UPPER -> upper(BitDigits.encode(bytes, DIGITS_32_HEX));
      case BASE36 -> toDigits(bytes, DIGITS_36);
      case BASE36_UPPER -> upper(toDigits(bytes, DIGITS_36));
      case BASE58_BTC -> toDigits(bytes, DIGITS_58);
      case BASE64 -> Base64.getEncoder().withoutPadding().encodeToString(bytes);
      case BASE64_URL -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    };
  }

  /** Decodes text that has no prefix. */
  byte[] decodeBody(String body) throws MalformedContentException {
    if (!plausible(body)) {
      throw new MalformedContentException(
          "Cannot decode " + this + ": not ASCII of at most " + MAX_CHARS + " characters");
    }
    String lower = body.toLowerCase(Locale.ROOT);
    try {
      return switch (this) {
        case BASE16, BASE16_UPPER -> BitDigits.decode(lower, DIGITS_16);
        case BASE32, BASE32_UPPER -> BitDigits.decode(lower, DIGITS_32);
        case BASE32_HEX, BASE32_HEX_UPPER -> BitDigits.decode(lower, DIGITS_32_HEX);
        case BASE36, BASE36_UPPER -> fromDigits(lower, DIGITS_36);
        case BASE58_BTC -> fromDigits(body, DIGITS_58);
        case BASE64 -> canonical(body, Base64.getDecoder().decode(body));
        case BASE64_URL -> canonical(body, Base64.getUrlDecoder().decode(body));
      };
    } catch (IllegalArgumentException e) {
      throw new MalformedContentException("Cannot decode " + this + ": " + e.getMessage(), e);
    }
  }

  /** The JDK takes padding and stray bits at the end; a name has one spelling. */
  private byte[] canonical(String body, byte[] bytes) {
    if (!encodeBody(bytes).equals(body)) {
      throw new IllegalArgumentException("a padded end");
    }
    return bytes;
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  private static String toDigits(byte[] bytes, String alphabet) {
    BigInteger base = BigInteger.valueOf(alphabet.length());
    StringBuilder out = new StringBuilder();
    for (BigInteger rest = new BigInteger(1, bytes); rest.signum() > 0; ) {
      BigInteger[] split = rest.divideAndRemainder(base);
      out.append(alphabet.charAt(split[1].intValue()));
      rest = split[0];
    }
    for (int i = 0; i < bytes.length && bytes[i] == 0; i++) {
      out.append(alphabet.charAt(0));
    }
    return out.reverse().toString();
  }

  private static byte[] fromDigits(String text, String alphabet) {
    BigInteger base = BigInteger.valueOf(alphabet.length());
    BigInteger value = BigInteger.ZERO;
    int zeros = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = alphabet.indexOf(text.charAt(i));
      if (digit < 0) {
        throw new IllegalArgumentException("character '" + text.charAt(i) + "'");
      }
      if (digit == 0 && zeros == i) {
        zeros++;
      }
      value = value.multiply(base).add(BigInteger.valueOf(digit));
    }
    byte[] magnitude = value.signum() == 0 ? new byte[0] : value.toByteArray();
    int skip = magnitude.length > 0 && magnitude[0] == 0 ? 1 : 0;
    byte[] out = new byte[zeros + magnitude.length - skip];
    System.arraycopy(magnitude, skip, out, zeros, magnitude.length - skip);
    return out;
  }

  /** True if text of this kind is ASCII of at most {@link #MAX_CHARS} characters. */
  static boolean plausible(String text) {
    return text.length() <= MAX_CHARS && StandardCharsets.US_ASCII.newEncoder().canEncode(text);
  }
}
