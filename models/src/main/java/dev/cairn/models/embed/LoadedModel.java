package dev.cairn.models.embed;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import dev.cairn.models.ModelFiles;
import dev.cairn.models.ModelSpec;
import dev.cairn.models.OnnxFile;
import dev.cairn.models.token.TextTokenizer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A model and its tokenizer in memory, shared by all workers.
 *
 * <p>Loaded through DJL's {@link Model}, not its {@code Criteria}: a criteria obeys a settings file
 * and runs classes and jars that it finds beside the weights.
 */
final class LoadedModel implements AutoCloseable {

  /** One thread a call: the pool's width is the parallelism, and one order of additions is kept. */
  private static final Map<String, String> OPTIONS =
      Map.of("intraOpNumThreads", "1", "interOpNumThreads", "1");

  private final ModelSpec spec;
  private final TextTokenizer tokenizer;
  private final Model model;
  private final Set<String> inputs;

  private LoadedModel(ModelSpec spec, TextTokenizer tokenizer, Model model, Set<String> inputs) {
    this.inputs = inputs;
    this.spec = spec;
    this.tokenizer = tokenizer;
    this.model = model;
  }

  static LoadedModel load(ModelFiles files) throws IOException {
    OnnxEngine.start();
    Model model = Model.newInstance(files.spec().weights(), Device.cpu(), OnnxEngine.NAME);
    try {
      model.load(files.weights(), null, OPTIONS);
      Set<String> inputs = OnnxFile.read(files.weights()).inputs();
      return new LoadedModel(files.spec(), TextTokenizer.open(files), model, inputs);
    } catch (MalformedModelException e) {
      model.close();
      throw new InferenceException("Cannot load model: " + files + " (a valid ONNX file)", e);
    } catch (IOException | RuntimeException e) {
      model.close();
      throw e;
    }
  }

  ModelSpec spec() {
    return spec;
  }

  TextTokenizer tokenizer() {
    return tokenizer;
  }

  /** A predictor for one thread; to be closed before this model. */
  Predictor<List<long[]>, List<float[]>> newPredictor() {
    int tokensPerCall = Math.max(spec.tokenLimit(), Grouping.GROUP_TOKENS);
    Pooling pooling = Pooling.of(spec.pooling(), spec.normalization());
    return model.newPredictor(
        new EmbeddingTranslator(inputs, pooling, spec.dimension(), tokensPerCall));
  }

  @Override
  public void close() {
    model.close();
    tokenizer.close();
  }
}
