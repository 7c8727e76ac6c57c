package dev.cairn.transforms.embed;

import dev.cairn.transforms.text.Chunk;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviders;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.values.TypeDescriptor;

/** Embeddings as bytes: text in UTF-8 behind its length, numbers and floats big-endian. */
public final class EmbeddingCoder extends CustomCoder<Embedding> {
  private static final long serialVersionUID = 1L;

  /** Floats of a vector at most: far above any model's. */
  private static final int MAX_DIMENSION = 65_536;

  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();

  /** The coder; Beam finds it by {@link Embedding}'s annotation. */
  public static EmbeddingCoder of() {
    return new EmbeddingCoder();
  }

  /** What {@link Embedding}'s annotation asks for. */
  public static CoderProvider getCoderProvider() {
    return CoderProviders.forCoder(TypeDescriptor.of(Embedding.class), of());
  }

  @Override
  public void encode(Embedding embedding, OutputStream out) throws IOException {
    Chunk chunk = embedding.chunk();
    DataOutputStream data = new DataOutputStream(out);
    TEXT.encode(chunk.getId(), data);
    data.writeInt(chunk.getPart());
    data.writeInt(chunk.getChunk());
    data.writeInt(chunk.getCharStart());
    data.writeInt(chunk.getCharEnd());
    data.writeInt(chunk.getTokenCount());
    TEXT.encode(chunk.getText(), data);
    data.writeInt(embedding.vector().length);
    for (float value : embedding.vector()) {
      data.writeFloat(value);
    }
  }

  @Override
  public Embedding decode(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    String id = TEXT.decode(data);
    int part = data.readInt();
    int index = data.readInt();
    int start = data.readInt();
    int end = data.readInt();
    int tokens = data.readInt();
    Chunk chunk = Chunk.of(id, part, index, start, end, tokens, TEXT.decode(data));
    int dimension = data.readInt();
    if (dimension < 0 || dimension > MAX_DIMENSION) {
      throw new CoderException(
          "Cannot decode vector: " + dimension + " floats (at most " + MAX_DIMENSION + ")");
    }
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = data.readFloat();
    }
    return Embedding.of(chunk, vector);
  }

  /** Equal embeddings are equal bytes. */
  @Override
  public void verifyDeterministic() {}
}
