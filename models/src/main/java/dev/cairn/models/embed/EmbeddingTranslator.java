package dev.cairn.models.embed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslatorContext;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The ids of texts of one token length in, their vectors out, over direct buffers that one worker
 * reuses from call to call. Equal lengths need no padding. For one thread.
 */
final class EmbeddingTranslator implements NoBatchifyTranslator<List<long[]>, List<float[]>> {

  private final Set<String> inputs;
  private final Pooling pooling;
  private final int dimension;
  private final LongBuffer ids;
  private final LongBuffer mask;
  private final LongBuffer types;

  /**
   * A translator with its buffers.
   *
   * @param inputs names of what the model takes
   * @param tokensPerCall most ids of all texts of a call
   */
  EmbeddingTranslator(Set<String> inputs, Pooling pooling, int dimension, int tokensPerCall) {
    this.inputs = inputs;
    this.pooling = pooling;
    this.dimension = dimension;
    ids = direct(tokensPerCall);
    mask = direct(tokensPerCall);
    types = direct(tokensPerCall);
    for (int i = 0; i < tokensPerCall; i++) {
      mask.put(i, 1);
    }
  }

  private static LongBuffer direct(int longs) {
    return ByteBuffer.allocateDirect(longs * Long.BYTES)
        .order(ByteOrder.nativeOrder())
        .asLongBuffer();
  }

  @Override
  public NDList processInput(TranslatorContext context, List<long[]> texts) {
    ids.clear();
    texts.forEach(ids::put);
    Shape shape = new Shape(texts.size(), texts.get(0).length);
    NDManager manager = context.getNDManager();
    NDList list = new NDList(named(manager, "input_ids", ids, shape));
    if (inputs.contains("attention_mask")) {
      list.add(named(manager, "attention_mask", mask, shape));
    }
    if (inputs.contains("token_type_ids")) {
      list.add(named(manager, "token_type_ids", types, shape));
    }
    return list;
  }

  /** ONNX Runtime reads a direct buffer in place: nothing is copied. */
  private static NDArray named(NDManager manager, String name, LongBuffer data, Shape shape) {
    data.position(0).limit(Math.toIntExact(shape.size()));
    NDArray array = manager.create(data, shape, DataType.INT64);
    array.setName(name);
    return array;
  }

  @Override
  public List<float[]> processOutput(TranslatorContext context, NDList outputs) {
    NDArray hidden =
        outputs.stream()
            .filter(output -> output.getShape().dimension() == 3)
            .findFirst()
            .orElseGet(() -> outputs.get(0));
    long[] shape = hidden.getShape().getShape();
    if (shape.length != 3 || shape[2] != dimension) {
      throw new InferenceException(
          "Cannot pool model output: shape "
              + hidden.getShape()
              + " (texts x tokens x "
              + dimension
              + ")");
    }
    FloatBuffer values = hidden.toByteBuffer().asFloatBuffer();
    List<float[]> vectors = new ArrayList<>();
    for (long text = 0; text < shape[0]; text++) {
      vectors.add(pooling.pool(values, Math.toIntExact(shape[1]), dimension));
    }
    return vectors;
  }
}
