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
import java.nio.LongBuffer;

/**
 * One text's ids in, its vector out, over direct buffers that one worker reuses from text to text.
 * For one thread.
 */
final class EmbeddingTranslator implements NoBatchifyTranslator<long[], float[]> {

  private final int dimension;
  private final LongBuffer ids;
  private final LongBuffer mask;
  private final LongBuffer types;

  EmbeddingTranslator(int dimension, int tokenLimit) {
    this.dimension = dimension;
    ids = direct(tokenLimit);
    mask = direct(tokenLimit);
    types = direct(tokenLimit);
    for (int i = 0; i < tokenLimit; i++) {
      mask.put(i, 1);
    }
  }

  private static LongBuffer direct(int longs) {
    return ByteBuffer.allocateDirect(longs * Long.BYTES)
        .order(ByteOrder.nativeOrder())
        .asLongBuffer();
  }

  @Override
  public NDList processInput(TranslatorContext context, long[] input) {
    ids.clear().put(input);
    NDManager manager = context.getNDManager();
    return new NDList(
        named(manager, "input_ids", ids, input.length),
        named(manager, "attention_mask", mask, input.length),
        named(manager, "token_type_ids", types, input.length));
  }

  private static NDArray named(NDManager manager, String name, LongBuffer data, int tokens) {
    data.position(0).limit(tokens);
    NDArray array = manager.create(data, new Shape(1, tokens), DataType.INT64);
    array.setName(name);
    return array;
  }

  @Override
  public float[] processOutput(TranslatorContext context, NDList outputs) {
    NDArray hidden = outputs.get(0);
    long[] shape = hidden.getShape().getShape();
    if (shape.length != 3 || shape[0] != 1 || shape[2] != dimension) {
      throw new InferenceException(
          "Cannot pool model output: shape "
              + hidden.getShape()
              + " (1 x tokens x "
              + dimension
              + ")");
    }
    return MeanPooling.pool(
        hidden.toByteBuffer().asFloatBuffer(), Math.toIntExact(shape[1]), dimension);
  }
}
