package dev.cairn.models;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a model comes from. A reference is a way to find a model, not what it is: two references to
 * the same bytes have the same {@link ModelIdentity}.
 *
 * <ul>
 *   <li>{@code builtin:NAME}: its bytes come from a Maven artifact, its digests are pinned in code
 *   <li>{@code ipfs://CID}: a folder as sentence-transformers lays it out, in a store
 *   <li>{@code hf://ORG/NAME[@REVISION]}: the same in the Hugging Face cache of this machine, or
 *       fetched into it from the hub ({@link HubAccess})
 *   <li>{@code ./FOLDER}, or any path with a slash: the same in a folder
 *   <li>{@code openai:URL#MODEL}: a model that is asked over HTTP; {@link RemotePlace}
 * </ul>
 *
 * Behind {@code #} a folder's ONNX file may be named by its path; the usual one is {@code
 * onnx/model.onnx} or {@code model.onnx}.
 */
public final class ModelRef {
  private static final String BUILTIN = "builtin:";
  private static final String IPFS = "ipfs://";
  private static final String HUB = "hf://";
  private static final String REMOTE = "openai:";
  private static final String FORMS =
      "builtin:NAME, ipfs://CID, hf://ORG/NAME[@REVISION], a folder's path, openai:URL#MODEL; ";

  private final String text;

  /** A {@link BuiltinModel}, {@link Cid}, {@link Path}, {@link HubRepo} or {@link RemotePlace}. */
  private final Object place;

  private final String file;

  private ModelRef(String text, Object place, String file) {
    this.text = text;
    this.place = place;
    this.file = file;
  }

  /**
   * Reads a reference. Nothing is opened.
   *
   * @throws UnsupportedModelException if the reference is of another kind or names an unknown model
   */
  public static ModelRef parse(String reference) {
    if (reference.startsWith(BUILTIN)) {
      return BuiltinModel.find(reference.substring(BUILTIN.length()))
          .map(ModelRef::new)
          .orElseThrow(
              () ->
                  new UnsupportedModelException(
                      reference, "builtin models: " + BuiltinModel.references()));
    }
    if (reference.startsWith(REMOTE)) {
      RemotePlace remote = RemotePlace.parse(reference, reference.substring(REMOTE.length()));
      return new ModelRef(reference, remote, "");
    }
    int hash = reference.indexOf('#');
    String place = hash < 0 ? reference : reference.substring(0, hash);
    String file = hash < 0 ? "" : reference.substring(hash + 1);
    if (place.startsWith(IPFS)) {
      return new ModelRef(reference, cid(reference, place), file);
    }
    if (place.startsWith(HUB)) {
      HubRepo repo =
          HubRepo.parse(place.substring(HUB.length()))
              .orElseThrow(
                  () -> new UnsupportedModelException(reference, "hf://ORG/NAME[@REVISION]"));
      return new ModelRef(reference, repo, file);
    }
    if (place.indexOf('/') < 0 || place.contains("://")) {
      throw new UnsupportedModelException(reference, FORMS + BuiltinModel.references());
    }
    return new ModelRef(reference, Path.of(place), file);
  }

  private static Cid cid(String reference, String place) {
    String name = place.substring(IPFS.length());
    try {
      return Cid.parse(name.endsWith("/") ? name.substring(0, name.length() - 1) : name);
    } catch (MalformedContentException e) {
      throw new UnsupportedModelException(reference, "ipfs://CID of a model's folder");
    }
  }

  private ModelRef(BuiltinModel builtin) {
    this(BUILTIN + builtin.modelName(), builtin, "");
  }

  /**
   * A model that is in a store.
   *
   * @param root of its folder
   * @param file its ONNX file, empty for the usual one
   */
  public static ModelRef stored(Cid root, String file) {
    return new ModelRef(IPFS + root + (file.isEmpty() ? "" : "#" + file), root, file);
  }

  /** All builtin models. */
  public static List<ModelRef> builtins() {
    return BuiltinModel.all().stream().map(ModelRef::new).toList();
  }

  /** The builtin model of an identity, whatever machine that is of; empty if it is none. */
  public static Optional<ModelRef> builtin(ModelIdentity identity) {
    return BuiltinModel.of(identity).map(ModelRef::new);
  }

  /** The root of a model that is in a store; empty for others. */
  public Optional<Cid> root() {
    return place(Cid.class);
  }

  /** Where a model that is asked over HTTP answers; empty for others. */
  public Optional<RemotePlace> remote() {
    return place(RemotePlace.class);
  }

  /** The repository of a model on the hub; empty for others. */
  Optional<HubRepo> hub() {
    return place(HubRepo.class);
  }

  /** The folder of a model that is on this machine; empty for others. */
  Optional<Path> folder() {
    return place(Path.class);
  }

  Optional<BuiltinModel> builtin() {
    return place(BuiltinModel.class);
  }

  /** What a builtin model is, known without touching a file; empty for others. */
  public Optional<ModelSpec> pinned() {
    return builtin().map(BuiltinModel::spec);
  }

  private <T> Optional<T> place(Class<T> kind) {
    return kind.isInstance(place) ? Optional.of(kind.cast(place)) : Optional.empty();
  }

  /** The path of the ONNX file, empty for the usual one. */
  String file() {
    return file;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ModelRef ref && text.equals(ref.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The reference in the form that {@link #parse} reads. */
  @Override
  public String toString() {
    return text;
  }
}
