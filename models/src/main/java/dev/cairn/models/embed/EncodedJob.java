package dev.cairn.models.embed;

import java.util.concurrent.CompletableFuture;

/** One tokenized text that waits for its vector. */
final class EncodedJob {

  private final long[] ids;
  private final CompletableFuture<float[]> vector;

  EncodedJob(long[] ids, CompletableFuture<float[]> vector) {
    this.ids = ids;
    this.vector = vector;
  }

  /** The ids of the text, special tokens included; not to be changed. */
  long[] ids() {
    return ids;
  }

  int tokens() {
    return ids.length;
  }

  CompletableFuture<float[]> vector() {
    return vector;
  }
}
