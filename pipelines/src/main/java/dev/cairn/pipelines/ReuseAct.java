package dev.cairn.pipelines;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.ActionKey;
import dev.cairn.io.dataset.Manifest;
import dev.cairn.io.dataset.Target;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.io.unixfs.FileWriter;
import dev.cairn.io.unixfs.UnixFsWriter;
import dev.cairn.models.ModelIdentity;
import dev.cairn.transforms.embed.VectorIndex;
import dev.cairn.transforms.record.SystemTemp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the vectors of other datasets ({@code --reuse}) ready for workers. Only vectors are taken,
 * by the texts that they are of; all else is made of the input. Whose work it is cannot be seen
 * from a dataset, so a sample is embedded again first.
 */
final class ReuseAct {
  private final EmbedConfig config;
  private final RunListener listener;
  private final TieredStore tiers;

  ReuseAct(EmbedConfig config, RunListener listener, TieredStore tiers) {
    this.config = config;
    this.listener = listener;
    this.tiers = tiers;
  }

  /**
   * The CIDs of the datasets' vector indexes.
   *
   * @throws dev.cairn.io.dataset.TargetNotFoundException if a target is no dataset
   * @throws IntegrityException if vectors are not what the model gives
   */
  List<String> indexes(AcceptedVectors accepted) throws IOException {
    List<String> indexes = new ArrayList<>();
    for (String target : config.reuse()) {
      Cid dataset = Target.parse(target).resolve(tiers.local().refs(), tiers);
      Manifest manifest = Manifests.read(tiers, dataset);
      Optional<EarlierDataset> earlier = EarlierDataset.of(manifest, config, accepted);
      if (earlier.isEmpty() || earlier.get().chunks().isEmpty()) {
        listener.note(target + " has no vector of this model and context: nothing to reuse");
      } else {
        indexes.add(index(target, dataset, earlier.get(), accepted.model()).toString());
      }
    }
    return indexes;
  }

  private Cid index(String target, Cid dataset, EarlierDataset earlier, ModelIdentity model)
      throws IOException {
    LocalStore store = tiers.local();
    String action = "vectors-" + ActionKey.of("vectors").part(dataset.toString()).hex();
    Optional<String> known = store.wholeAction(action);
    if (known.isPresent()) {
      return Cid.parse(known.get());
    }
    AcceptedVectors.check(tiers, dataset, target);
    boolean titles = config.vectors().titleContext();
    try (var writer = store.newWriter()) {
      FileWriter records = new UnixFsWriter(writer, SystemTemp.FOLDER).file();
      VectorIndex.write(tiers, earlier.chunks(), titles, model.dimension(), records);
      Cid index = records.finish().cid();
      writer.seal();
      store.actions().put(action, index.toString(), List.of(index));
      listener.note("vectors of " + target + " are at hand");
      return index;
    }
  }
}
