package dev.cairn.models.embed;

import ai.djl.inference.Predictor;
import ai.djl.translate.TranslateException;
import dev.cairn.models.token.TextRefusedException;
import dev.cairn.models.token.TextTokenizer;
import java.util.List;
import java.util.Optional;

/** One thread of a pool: tokenizes what has arrived, runs the model, completes the futures. */
final class InferenceWorker implements Runnable {

  private final TextTokenizer tokenizer;
  private final Predictor<List<long[]>, List<float[]>> predictor;
  private final Grouping grouping;
  private final JobQueue queue;

  InferenceWorker(LoadedModel model, Grouping grouping, JobQueue queue) {
    this.tokenizer = model.tokenizer();
    this.predictor = model.newPredictor();
    this.grouping = grouping;
    this.queue = queue;
  }

  @Override
  public void run() {
    try (predictor) {
      List<EncodedJob> group = queue.takeGroup(this::encode);
      while (!group.isEmpty()) {
        if (!embedTogether(group)) {
          group.forEach(this::embedAlone);
        }
        group = queue.takeGroup(this::encode);
      }
    }
  }

  private Optional<EncodedJob> encode(EmbedJob job) {
    try {
      return Optional.of(
          new EncodedJob(tokenizer.encode(job.text(), job.maxTokens()), job.vector()));
    } catch (TextRefusedException e) {
      job.vector().completeExceptionally(e);
    } catch (RuntimeException | Error e) {
      job.vector().completeExceptionally(new InferenceException("Cannot tokenize a text", e));
    }
    return Optional.empty();
  }

  /**
   * False if nothing was completed: then each text goes alone, and what failed here fails there
   * again for the text that caused it.
   */
  private boolean embedTogether(List<EncodedJob> group) {
    if (group.size() == 1) {
      return false;
    }
    try {
      if (!grouping.isExact(predictor)) {
        return false;
      }
      List<float[]> vectors = predictor.predict(group.stream().map(EncodedJob::ids).toList());
      for (int i = 0; i < group.size(); i++) {
        group.get(i).vector().complete(vectors.get(i));
      }
      return true;
    } catch (TranslateException | RuntimeException | Error e) {
      return false;
    }
  }

  /**
   * A text's failure, an {@link Error} too, is its future's alone: nobody waits for the thread, and
   * the next text finds it as before.
   */
  private void embedAlone(EncodedJob job) {
    try {
      job.vector().complete(predictor.predict(List.of(job.ids())).get(0));
    } catch (TranslateException | RuntimeException | Error e) {
      job.vector().completeExceptionally(new InferenceException("Cannot run model on a text", e));
    }
  }
}
