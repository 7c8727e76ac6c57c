package dev.cairn.models;

import dev.cairn.io.block.BlockStore;
import dev.cairn.io.cid.Cid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A model's files on this machine, verified against their digests when this value was made.
 *
 * <p>The folder below {@code <cache>/models/} is named by the digests and holds {@value
 * #WEIGHTS_NAME} and {@value #TOKENIZER_NAME}; nothing else in it is ever opened, so that no class,
 * jar or settings file beside a model can run. Weights that keep a tensor in another file are
 * refused.
 */
public final class ModelFiles {

  /** The name of the weights, an ONNX file, in a model's folder. */
  public static final String WEIGHTS_NAME = "model.onnx";

  /** The name of the Hugging Face tokenizer in a model's folder. */
  public static final String TOKENIZER_NAME = "tokenizer.json";

  /** What tokens are to a model of sentence-transformers; the first is never missing. */
  static final List<String> INPUTS = List.of("input_ids", "attention_mask", "token_type_ids");

  private static final String MODELS = "models";

  private final ModelRef ref;
  private final ModelSpec spec;
  private final Path folder;

  private ModelFiles(ModelRef ref, ModelSpec spec, Path folder) {
    this.ref = ref;
    this.spec = spec;
    this.folder = folder;
  }

  /**
   * Brings a builtin model's files to the cache and verifies every byte of them. A file that is
   * missing or damaged is written again, beside its place and then renamed into it, so that
   * concurrent processes see whole files only.
   *
   * @param cacheFolder made if it is missing; deleting it is always safe
   * @throws ModelFilesException if the model's own source does not hold the pinned bytes
   * @throws UnsupportedModelException if it is no builtin model
   * @throws IOException if the cache cannot be read or written
   */
  public static ModelFiles of(ModelRef ref, Path cacheFolder) throws IOException {
    BuiltinModel builtin =
        ref.builtin()
            .orElseThrow(
                () -> new UnsupportedModelException(ref.toString(), "a builtin one, or a store"));
    Path folder = models(cacheFolder).resolve(builtin.spec().weights());
    Files.createDirectories(folder);
    for (PinnedFile file : builtin.files()) {
      file.ensureIn(folder);
    }
    return new ModelFiles(ref, builtin.spec(), folder);
  }

  /**
   * The same for a model that is builtin or in a store.
   *
   * @param blocks the store; each block is hashed as it is read
   * @throws ModelFilesException if the model is not what its description says
   * @throws UnsupportedModelException if it is a model of another kind, or in a folder: see {@link
   *     ModelFolder}
   */
  public static ModelFiles of(ModelRef ref, Path cacheFolder, BlockStore blocks)
      throws IOException {
    if (ref.builtin().isPresent()) {
      return of(ref, cacheFolder);
    }
    Cid root =
        ref.root()
            .orElseThrow(
                () ->
                    new UnsupportedModelException(
                        ref.toString(), "a model that is in the store already"));
    return of(ref, cacheFolder, new StoredTree(blocks, root));
  }

  static ModelFiles of(ModelRef ref, Path cacheFolder, ModelTree tree) throws IOException {
    SentenceModel model = SentenceModel.read(tree, ref.toString(), ref.file());
    Path models = Files.createDirectories(models(cacheFolder));
    Path known =
        models.resolve(ref.root().map(Cid::toString).orElse("") + fileKey(ref) + ".sha256");
    if (ref.root().isPresent() && Files.isRegularFile(known)) {
      List<String> digests = Files.readAllLines(known, StandardCharsets.US_ASCII);
      if (digests.size() == 2 && isWhole(models, digests.get(0), digests.get(1))) {
        return made(
            ref,
            model,
            OnnxFile.read(folder(models, digests.get(0), digests.get(1)).resolve(WEIGHTS_NAME)),
            models,
            digests.get(0),
            digests.get(1));
      }
    }
    Path temp = Files.createTempDirectory(models, ".model");
    Path weights = temp.resolve(WEIGHTS_NAME);
    Path tokenizer = temp.resolve(TOKENIZER_NAME);
    try {
      String first = copy(tree, model.weights(), weights);
      String second = copy(tree, SentenceModel.TOKENIZER, tokenizer);
      OnnxFile onnx = checked(ref, weights);
      Path folder = Files.createDirectories(folder(models, first, second));
      move(weights, folder.resolve(WEIGHTS_NAME));
      move(tokenizer, folder.resolve(TOKENIZER_NAME));
      if (ref.root().isPresent()) {
        Path marker = temp.resolve("known");
        Files.write(marker, List.of(first, second), StandardCharsets.US_ASCII);
        move(marker, known);
      }
      return made(ref, model, onnx, models, first, second);
    } finally {
      Files.deleteIfExists(weights);
      Files.deleteIfExists(tokenizer);
      Files.deleteIfExists(temp.resolve("known"));
      Files.deleteIfExists(temp);
    }
  }

  private static String fileKey(ModelRef ref) {
    return ref.file().isEmpty() ? "" : "-" + ref.file().replace('/', '-');
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String copy(ModelTree tree, String path, Path to) throws IOException {
    try (var in =
        tree.open(path)
            .orElseThrow(() -> new ModelFilesException("Cannot read model: no " + path))) {
      Files.copy(in, to);
    }
    return Sha256.ofFile(to);
  }

  private static OnnxFile checked(ModelRef ref, Path weights) throws IOException {
    OnnxFile onnx = OnnxFile.read(weights);
    if (onnx.external()) {
      throw new UnsupportedModelException(ref.toString(), "weights in one file, not beside it");
    }
    if (!onnx.takes(INPUTS)) {
      throw new UnsupportedModelException(
          ref.toString(), "takes " + onnx.inputs() + "; of " + INPUTS + " the first and no other");
    }
    return onnx;
  }

  private static ModelFiles made(
      ModelRef ref,
      SentenceModel model,
      OnnxFile onnx,
      Path models,
      String weights,
      String tokenizer) {
    ModelSpec spec =
        new ModelSpec(
            weights,
            tokenizer,
            model.pooling(),
            model.normalization(),
            model.prefix(),
            model.queryPrefix(),
            onnx.precision(),
            model.dimension(),
            model.tokenLimit(),
            "");
    return new ModelFiles(ref, spec, folder(models, weights, tokenizer));
  }

  private static boolean isWhole(Path models, String weights, String tokenizer) throws IOException {
    if (!Sha256.isHex(weights) || !Sha256.isHex(tokenizer)) {
      return false;
    }
    Path folder = folder(models, weights, tokenizer);
    Path first = folder.resolve(WEIGHTS_NAME);
    Path second = folder.resolve(TOKENIZER_NAME);
    return Files.isRegularFile(first)
        && Files.isRegularFile(second)
        && Sha256.ofFile(first).equals(weights)
        && Sha256.ofFile(second).equals(tokenizer);
  }

  /** Builtin weights have one tokenizer each; others may have been given another. */
  private static Path folder(Path models, String weights, String tokenizer) {
    return models.resolve(weights + "-" + tokenizer);
  }

  private static Path models(Path cacheFolder) {
    return cacheFolder.toAbsolutePath().resolve(MODELS);
  }

  /** The reference that these files were found by. */
  public ModelRef ref() {
    return ref;
  }

  /** What the model is. */
  public ModelSpec spec() {
    return spec;
  }

  /** The ONNX file, an absolute path. */
  public Path weights() {
    return folder.resolve(WEIGHTS_NAME);
  }

  /** The Hugging Face tokenizer file, an absolute path. */
  public Path tokenizer() {
    return folder.resolve(TOKENIZER_NAME);
  }

  @Override
  public String toString() {
    return ref + " in " + folder;
  }
}
