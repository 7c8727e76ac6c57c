package dev.cairn.transforms.embed;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Multihash;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What a vector was made of, under one model identity: equal keys have equal vectors.
 *
 * @param text CID of the chunk's text
 * @param title of its document where that is embedded before it, else empty
 */
record VectorKey(Cid text, String title) {
  /** Bytes of {@link #digest}. */
  static final int DIGEST_BYTES = 32;

  /** 32 bytes that tell keys apart. */
  byte[] digest() {
    byte[] textDigest = text.multihash().digest();
    if (title.isEmpty()) {
      return textDigest;
    }
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(textDigest);
    both.writeBytes(title.getBytes(StandardCharsets.UTF_8));
    return Multihash.sha256(both.toByteArray()).digest();
  }
}
