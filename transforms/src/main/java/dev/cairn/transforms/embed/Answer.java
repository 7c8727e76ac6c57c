package dev.cairn.transforms.embed;

import java.util.concurrent.CompletableFuture;

/**
 * A vector that is known, or will be.
 *
 * @param isComputed true if it is computed for this
 * @param asked what an embedder was asked for; cancelled, it is not computed
 * @param vector that of {@code asked}, once all is done that is to be done with it
 */
record Answer(
    boolean isComputed, CompletableFuture<float[]> asked, CompletableFuture<float[]> vector) {

  static Answer known(float[] vector) {
    CompletableFuture<float[]> done = CompletableFuture.completedFuture(vector);
    return new Answer(false, done, done);
  }

  static Answer computed(CompletableFuture<float[]> vector) {
    return new Answer(true, vector, vector);
  }
}
