package dev.cairn.pipelines;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.ActionKey;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.LocalWriter;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.io.unixfs.FileWriter;
import dev.cairn.io.unixfs.UnixFsWriter;
import dev.cairn.io.unixfs.Written;
import dev.cairn.models.ModelFiles;
import dev.cairn.models.ModelFolder;
import dev.cairn.models.ModelIdentity;
import dev.cairn.models.ModelRef;
import dev.cairn.models.ModelSpec;
import dev.cairn.models.NumericsKey;
import dev.cairn.models.RemotePlace;
import dev.cairn.models.embed.InferencePool;
import dev.cairn.models.remote.RemoteModel;
import dev.cairn.models.use.ModelAccess;
import dev.cairn.models.use.UsableModel;
import dev.cairn.transforms.record.SystemTemp;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Models as runs use them: builtin, behind an endpoint, or in the store, where every worker finds
 * them. One in a folder is put there first.
 */
public final class Models {
  private static final String NO_NUMERICS = "0".repeat(64);

  private final TieredStore tiers;
  private final LocalStore store;
  private final ModelAccess access;

  public Models(TieredStore tiers) {
    this(tiers, ModelAccess.standard());
  }

  /**
   * Models.
   *
   * @param access how those are come by that are not on this machine
   */
  public Models(TieredStore tiers, ModelAccess access) {
    this.tiers = tiers;
    this.store = tiers.local();
    this.access = access;
  }

  /**
   * A model that can be used.
   *
   * @param ref by which workers find it
   * @param spec what it is
   * @param verified its files, where they had to be read to know it; null for others
   * @param numerics of one that was asked over HTTP to know it; null for others
   */
  public record Model(
      ModelRef ref, ModelSpec spec, @Nullable ModelFiles verified, @Nullable String numerics) {
    private static Model builtin(ModelRef ref) {
      return new Model(ref, ref.pinned().orElseThrow(), null, null);
    }
  }

  /**
   * Finds a model. A builtin one is known without touching a file; one behind an endpoint is asked;
   * another one is read whole.
   *
   * @param reference as {@link ModelRef} reads it
   * @throws dev.cairn.models.UnsupportedModelException if it names no model that can be used
   */
  public Model find(String reference) throws IOException {
    ModelRef ref = ModelRef.parse(reference);
    if (ref.pinned().isPresent()) {
      return Model.builtin(ref);
    }
    if (ref.remote().isPresent()) {
      return remote(ref, ref.remote().get());
    }
    ModelRef stored = ref;
    if (ref.root().isPresent()) {
      tiers.bring(ref.root().get());
    } else {
      stored = add(ModelFolder.open(ref, access.hub()));
    }
    ModelFiles files = ModelFiles.of(stored, store.cacheFolder(), tiers);
    Cid root = stored.root().orElseThrow();
    store.actions().put(action(files.spec()), stored.toString(), List.of(root));
    return new Model(stored, files.spec(), files, null);
  }

  private Model remote(ModelRef ref, RemotePlace place) throws IOException {
    try (RemoteModel model = RemoteModel.of(place, access.limits())) {
      List<float[]> vectors = model.probe();
      ModelSpec spec = ModelSpec.remote(place.model(), vectors.get(0).length);
      String numerics = new RemoteIdentity(store).numerics(ref, place, vectors);
      return new Model(ref, spec, null, numerics);
    }
  }

  private Optional<Model> remote(ModelIdentity identity) throws IOException {
    ModelSpec spec = ModelSpec.remote(identity.name(), identity.dimension());
    return new RemoteIdentity(store)
        .reference(identity.name(), identity.numerics())
        .map(known -> new Model(ModelRef.parse(known), spec, null, identity.numerics()));
  }

  /** A model ready for use, with what it was found to be. */
  public UsableModel open(Model model, ModelIdentity identity) throws IOException {
    ModelFiles files = model.verified();
    return files == null
        ? UsableModel.open(model.ref(), identity, access.limits(), store.cacheFolder(), tiers)
        : UsableModel.of(files, identity.maxTokens());
  }

  /**
   * A model ready for use.
   *
   * @param maxTokens of a text at most
   */
  public UsableModel open(Model model, int maxTokens) throws IOException {
    String numerics = model.numerics() == null ? NO_NUMERICS : model.numerics();
    return open(model, ModelIdentity.of(model.spec(), maxTokens, numerics));
  }

  /**
   * A dataset's own model; empty if it is not at hand. One behind an endpoint is not asked: it may
   * be another one by now.
   */
  public Optional<Model> of(ModelIdentity identity) throws IOException {
    Optional<ModelRef> builtin = ModelRef.builtin(identity);
    if (builtin.isPresent()) {
      return builtin.map(Model::builtin);
    }
    if (!identity.name().isEmpty()) {
      return remote(identity);
    }
    Optional<String> known = store.wholeAction(action(identity));
    return known.isEmpty() ? Optional.empty() : Optional.of(find(known.get()));
  }

  /** A model's files on this machine, every byte verified. */
  public ModelFiles files(Model model) throws IOException {
    ModelFiles verified = model.verified();
    return verified != null ? verified : ModelFiles.of(model.ref(), store.cacheFolder());
  }

  /** A model's identity on this machine, without loading the model where it is known. */
  ModelIdentity identity(Model model, int maxTokens) throws IOException {
    ModelSpec spec = model.spec();
    ModelIdentity.requireMaxTokens(spec, maxTokens);
    if (model.numerics() != null) {
      return ModelIdentity.of(spec, maxTokens, model.numerics());
    }
    Optional<String> key = NumericsKey.of(spec).map(k -> "numerics-" + k);
    Optional<String> known = key.isEmpty() ? Optional.empty() : store.actions().get(key.get());
    if (known.isPresent()) {
      return ModelIdentity.of(spec, maxTokens, known.get());
    }
    try (InferencePool pool = InferencePool.acquire(files(model), maxTokens)) {
      ModelIdentity identity = pool.identity();
      if (key.isPresent()) {
        store.actions().put(key.get(), identity.numerics(), List.of());
      }
      return identity;
    }
  }

  private ModelRef add(ModelFolder folder) throws IOException {
    try (LocalWriter writer = store.newWriter()) {
      UnixFsWriter objects = new UnixFsWriter(writer, SystemTemp.FOLDER);
      DatasetTree tree = new DatasetTree(objects);
      for (String path : folder.files()) {
        FileWriter file = objects.file();
        try (InputStream in = folder.open(path)) {
          in.transferTo(file);
        }
        Written written = file.finish();
        tree.add(path, written.cid(), written.tsize());
      }
      Cid root = tree.finish();
      writer.seal();
      return ModelRef.stored(root, folder.file());
    }
  }

  private static String action(ModelSpec spec) {
    return action(ModelIdentity.of(spec, 1, NO_NUMERICS));
  }

  /** By what the model is, whatever the machine and the limit of a run. */
  private static String action(ModelIdentity identity) {
    String digest = identity.withMaxTokens(1).withNumerics(NO_NUMERICS).digest();
    return "model-" + ActionKey.of("model").part(digest).hex();
  }
}
