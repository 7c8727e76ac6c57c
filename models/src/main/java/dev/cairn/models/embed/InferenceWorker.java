package dev.cairn.models.embed;

import ai.djl.inference.Predictor;
import ai.djl.translate.TranslateException;
import dev.cairn.models.token.TextRefusedException;
import dev.cairn.models.token.TextTokenizer;
import java.util.Optional;

/** One thread of a pool: takes a text, tokenizes it, runs the model, completes its future. */
final class InferenceWorker implements Runnable {

  private final TextTokenizer tokenizer;
  private final Predictor<long[], float[]> predictor;
  private final JobQueue queue;

  InferenceWorker(LoadedModel model, JobQueue queue) {
    this.tokenizer = model.tokenizer();
    this.predictor = model.newPredictor();
    this.queue = queue;
  }

  @Override
  public void run() {
    try (predictor) {
      for (Optional<EmbedJob> job = queue.take(); job.isPresent(); job = queue.take()) {
        complete(job.get());
      }
    }
  }

  /**
   * A text's failure, an {@link Error} too, is its future's alone: nobody waits for the thread, and
   * the next text finds it as before.
   */
  private void complete(EmbedJob job) {
    try {
      long[] ids = tokenizer.encode(job.text(), job.maxTokens());
      job.vector().complete(predictor.predict(ids));
    } catch (TextRefusedException e) {
      job.vector().completeExceptionally(e);
    } catch (TranslateException | RuntimeException | Error e) {
      job.vector().completeExceptionally(new InferenceException("Cannot run model on a text", e));
    }
  }
}
