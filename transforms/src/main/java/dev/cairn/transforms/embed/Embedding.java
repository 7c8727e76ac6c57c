package dev.cairn.transforms.embed;

import dev.cairn.transforms.text.Chunk;
import java.util.Arrays;
import org.apache.beam.sdk.coders.DefaultCoder;

/** A chunk with its vector. Immutable: the vector is shared and nobody may change it. */
@DefaultCoder(EmbeddingCoder.class)
public final class Embedding {
  private final Chunk chunk;
  private final float[] vector;

  private Embedding(Chunk chunk, float[] vector) {
    this.chunk = chunk;
    this.vector = vector;
  }

  public static Embedding of(Chunk chunk, float[] vector) {
    return new Embedding(chunk, vector);
  }

  public Chunk chunk() {
    return chunk;
  }

  /** The vector itself, not a copy. */
  public float[] vector() {
    return vector;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Embedding other
        && chunk.equals(other.chunk)
        && Arrays.equals(vector, other.vector);
  }

  @Override
  public int hashCode() {
    return 31 * chunk.hashCode() + Arrays.hashCode(vector);
  }

  @Override
  public String toString() {
    return "Embedding[" + chunk + ", " + vector.length + " floats]";
  }
}
