package dev.cairn.io.cid;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.apache.commons.codec.CodecPolicy;
import org.apache.commons.codec.DecoderException;
import org.apache.commons.codec.binary.Base32;
import org.apache.commons.codec.binary.Hex;

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

  private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final String BASE36_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";
  private static final byte NO_PADDING = '=';

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
      case BASE16 -> Hex.encodeHexString(bytes);
      case BASE16_UPPER -> Hex.encodeHexString(bytes, false);
      case BASE32 -> base32(false).encodeToString(bytes).toLowerCase(Locale.ROOT).replace("=", "");
      case BASE32_UPPER -> base32(false).encodeToString(bytes).replace("=", "");
      case BASE32_HEX ->
          base32(true).encodeToString(bytes).toLowerCase(Locale.ROOT).replace("=", "");
      case BASE32_HEX_UPPER -> base32(true).encodeToString(bytes).replace("=", "");
      case BASE36 -> toDigits(bytes, BASE36_DIGITS);
      case BASE36_UPPER -> toDigits(bytes, BASE36_DIGITS).toUpperCase(Locale.ROOT);
      case BASE58_BTC -> toDigits(bytes, BASE58);
      case BASE64 -> Base64.getEncoder().withoutPadding().encodeToString(bytes);
      case BASE64_URL -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    };
  }

  /** Decodes text that has no prefix. */
  byte[] decodeBody(String body) throws MalformedContentException {
    if (body.length() > MAX_CHARS) {
      throw new MalformedContentException(
          "Cannot decode multibase: " + body.length() + " characters (at most " + MAX_CHARS + ")");
    }
    try {
      byte[] bytes =
          switch (this) {
            case BASE16, BASE16_UPPER -> Hex.decodeHex(body);
            case BASE32, BASE32_UPPER -> base32(false).decode(body.toUpperCase(Locale.ROOT));
            case BASE32_HEX, BASE32_HEX_UPPER -> base32(true).decode(body.toUpperCase(Locale.ROOT));
            case BASE36, BASE36_UPPER -> fromDigits(body.toLowerCase(Locale.ROOT), BASE36_DIGITS);
            case BASE58_BTC -> fromDigits(body, BASE58);
            case BASE64 -> Base64.getDecoder().decode(body);
            case BASE64_URL -> Base64.getUrlDecoder().decode(body);
          };
      checkCanonical(body, bytes);
      return bytes;
    } catch (DecoderException | IllegalArgumentException e) {
      throw new MalformedContentException("Cannot decode " + this + ": " + e.getMessage(), e);
    }
  }

  /** Libraries skip characters outside their alphabet; a name must have one spelling a case. */
  private void checkCanonical(String body, byte[] bytes) {
    String again = encodeBody(bytes);
    boolean same =
        switch (this) {
          case BASE58_BTC, BASE64, BASE64_URL -> again.equals(body);
          default -> again.equalsIgnoreCase(body);
        };
    if (!same) {
      throw new IllegalArgumentException("characters outside the alphabet or a padded end");
    }
  }

  private static Base32 base32(boolean hex) {
    return Base32.builder()
        .setHexEncodeTable(hex)
        .setPadding(NO_PADDING)
        .setDecodingPolicy(CodecPolicy.STRICT)
        .get();
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
