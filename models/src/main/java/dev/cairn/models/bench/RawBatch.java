package dev.cairn.models.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Texts of the bare loop that go in one call, padded to the longest of them.
 *
 * @param texts their places among all texts, the longest first
 * @param encoded the ids of all texts
 * @param mean true for the mean over a text's tokens, false for its first token
 */
record RawBatch(List<Integer> texts, List<long[]> encoded, boolean mean) {

  /** Longest first, at most so many padded tokens a batch, at least one text. */
  static List<RawBatch> sorted(List<long[]> encoded, int tokensPerCall, boolean mean) {
    List<Integer> sorted = new ArrayList<>();
    for (int i = 0; i < encoded.size(); i++) {
      sorted.add(i);
    }
    sorted.sort(Comparator.comparingInt((Integer i) -> encoded.get(i).length).reversed());
    List<RawBatch> batches = new ArrayList<>();
    for (int from = 0; from < sorted.size(); ) {
      int size = Math.max(1, tokensPerCall / encoded.get(sorted.get(from)).length);
      int to = Math.min(sorted.size(), from + size);
      batches.add(new RawBatch(sorted.subList(from, to), encoded, mean));
      from = to;
    }
    return batches;
  }

  private long[] ids(int row) {
    return encoded.get(texts.get(row));
  }

  void run(OrtSession session, float[][] vectors) throws OrtException {
    int width = ids(0).length;
    long[] shape = {texts.size(), width};
    LongBuffer ids = LongBuffer.allocate(texts.size() * width);
    LongBuffer mask = LongBuffer.allocate(texts.size() * width);
    for (int row = 0; row < texts.size(); row++) {
      long[] text = ids(row);
      for (int t = 0; t < text.length; t++) {
        ids.put(row * width + t, text[t]);
        mask.put(row * width + t, 1);
      }
    }
    LongBuffer types = LongBuffer.allocate(texts.size() * width);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OnnxTensor idTensor = OnnxTensor.createTensor(environment, ids, shape);
        OnnxTensor maskTensor = OnnxTensor.createTensor(environment, mask, shape);
        OnnxTensor typeTensor = OnnxTensor.createTensor(environment, types, shape);
        OrtSession.Result result =
            session.run(
                Map.of(
                    "input_ids", idTensor,
                    "attention_mask", maskTensor,
                    "token_type_ids", typeTensor))) {
      OnnxTensor hidden = (OnnxTensor) result.get(0);
      int dimension = Math.toIntExact(hidden.getInfo().getShape()[2]);
      FloatBuffer values = hidden.getFloatBuffer();
      for (int row = 0; row < texts.size(); row++) {
        values.position(row * width * dimension);
        vectors[texts.get(row)] = pool(values, mean ? ids(row).length : 1, dimension);
      }
    }
  }

  private static float[] pool(FloatBuffer values, int tokens, int dimension) {
    float[] vector = new float[dimension];
    float[] token = new float[dimension];
    for (int t = 0; t < tokens; t++) {
      values.get(token);
      for (int d = 0; d < dimension; d++) {
        vector[d] += token[d];
      }
    }
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    float scale = (float) (1 / Math.sqrt(squares));
    for (int d = 0; d < dimension; d++) {
      vector[d] *= scale;
    }
    return vector;
  }
}
