package dev.cairn.io.cid;

/**
 * Digits of a whole number of bits, as in base 16 and 32 (RFC 4648 without padding). The alphabet's
 * length says how many.
 */
final class BitDigits {
  private BitDigits() {}

  static String encode(byte[] bytes, String alphabet) {
    int width = Integer.numberOfTrailingZeros(alphabet.length());
    StringBuilder out = new StringBuilder((bytes.length * Byte.SIZE + width - 1) / width);
    int bits = 0;
    int held = 0;
    for (byte b : bytes) {
      held = held << Byte.SIZE | (b & 0xff);
      bits += Byte.SIZE;
      while (bits >= width) {
        bits -= width;
        out.append(alphabet.charAt(held >>> bits & (alphabet.length() - 1)));
      }
      held &= (1 << bits) - 1;
    }
    if (bits > 0) {
      out.append(alphabet.charAt(held << (width - bits)));
    }
    return out.toString();
  }

  /** Refuses other characters, a digit too many and stray bits: a name has one spelling. */
  static byte[] decode(String text, String alphabet) {
    int width = Integer.numberOfTrailingZeros(alphabet.length());
    byte[] out = new byte[text.length() * width / Byte.SIZE];
    int bits = 0;
    int held = 0;
    int at = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = alphabet.indexOf(text.charAt(i));
      if (digit < 0) {
        throw new IllegalArgumentException("character '" + text.charAt(i) + "'");
      }
      held = held << width | digit;
      bits += width;
      if (bits >= Byte.SIZE) {
        bits -= Byte.SIZE;
        out[at++] = (byte) (held >>> bits);
        held &= (1 << bits) - 1;
      }
    }
    if (bits >= width || held != 0) {
      throw new IllegalArgumentException("an end that no bytes give");
    }
    return out;
  }
}
