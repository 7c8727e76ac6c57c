package dev.cairn.transforms.record;

import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.util.CoderUtils;

/** Tasks as bytes: a source travels by Java serialization, which AutoValue types do not take. */
final class TaskBytes {
  private TaskBytes() {}

  static <T> byte[] encode(Coder<T> coder, T task) {
    try {
      return CoderUtils.encodeToByteArray(coder, task);
    } catch (CoderException e) {
      throw new IllegalArgumentException("Cannot encode task: " + task + " (by its coder)", e);
    }
  }

  static <T> T decode(Coder<T> coder, byte[] bytes) {
    try {
      return CoderUtils.decodeFromByteArray(coder, bytes);
    } catch (CoderException e) {
      throw new IllegalStateException("Cannot decode task: made by the same coder", e);
    }
  }
}
