package dev.cairn.models.bench;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.cairn.models.ModelFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The loop that one would write against ONNX Runtime by hand: a one-thread session for each thread,
 * texts sorted longest first into padded batches, pooling in float.
 */
final class RawLoop implements AutoCloseable {

  private final HuggingFaceTokenizer tokenizer;
  private final List<OrtSession> sessions;
  private final boolean mean;
  private final ExecutorService threads;

  private RawLoop(HuggingFaceTokenizer tokenizer, List<OrtSession> sessions, boolean mean) {
    this.mean = mean;
    this.tokenizer = tokenizer;
    this.sessions = sessions;
    this.threads = Executors.newFixedThreadPool(sessions.size());
  }

  static RawLoop open(ModelFiles files, int width) throws IOException {
    List<OrtSession> sessions = new ArrayList<>();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      for (int i = 0; i < width; i++) {
        sessions.add(
            OrtEnvironment.getEnvironment().createSession(files.weights().toString(), options));
      }
    } catch (OrtException e) {
      throw new IOException("Cannot load model: " + files.weights() + " (a valid ONNX file)", e);
    }
    return new RawLoop(
        HuggingFaceTokenizer.newInstance(
            files.tokenizer(), Map.of("truncation", "false", "padding", "false")),
        sessions,
        files.spec().pooling().equals("mean"));
  }

  static String describe(int tokensPerCall) {
    return tokensPerCall == 1 ? "one text a call" : "batches of " + tokensPerCall + " tokens";
  }

  long tokens(List<String> texts) {
    return texts.stream().mapToLong(text -> tokenizer.encode(text).getIds().length).sum();
  }

  List<float[]> embed(List<String> texts, int tokensPerCall) throws IOException {
    List<Future<long[]>> encoding = new ArrayList<>();
    for (String text : texts) {
      encoding.add(threads.submit(() -> tokenizer.encode(text).getIds()));
    }
    List<long[]> encoded = new ArrayList<>();
    for (Future<long[]> ids : encoding) {
      encoded.add(get(ids));
    }
    List<RawBatch> batches = RawBatch.sorted(encoded, tokensPerCall, mean);
    float[][] vectors = new float[texts.size()][];
    AtomicInteger next = new AtomicInteger();
    List<Future<Integer>> running = new ArrayList<>();
    for (OrtSession session : sessions) {
      running.add(threads.submit(() -> drain(batches, next, session, vectors)));
    }
    for (Future<Integer> future : running) {
      get(future);
    }
    return Arrays.asList(vectors);
  }

  /** Takes batches until none is left; returns how many it took. */
  private static int drain(
      List<RawBatch> batches, AtomicInteger next, OrtSession session, float[][] vectors)
      throws OrtException {
    int taken = 0;
    for (int i = next.getAndIncrement(); i < batches.size(); i = next.getAndIncrement()) {
      batches.get(i).run(session, vectors);
      taken++;
    }
    return taken;
  }

  private static <T> T get(Future<T> future) throws IOException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IOException("Cannot run bare ONNX Runtime loop", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Cannot run bare ONNX Runtime loop: interrupted", e);
    }
  }

  @Override
  public void close() throws IOException {
    threads.shutdown();
    tokenizer.close();
    for (OrtSession session : sessions) {
      try {
        session.close();
      } catch (OrtException e) {
        throw new IOException("Cannot close ONNX Runtime session", e);
      }
    }
  }
}
