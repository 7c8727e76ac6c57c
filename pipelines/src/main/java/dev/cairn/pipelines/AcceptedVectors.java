package dev.cairn.pipelines;

import dev.cairn.io.block.IntegrityException;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.ActionKey;
import dev.cairn.io.dataset.Manifest;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.models.ModelIdentity;
import java.io.IOException;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whose vectors a dataset may have: those of one model, computed here or, where the user says so
 * ({@code --numerics reuse}), on other kinds of machines.
 *
 * @param model the model on this machine
 * @param numerics of all kinds of machines, this one's among them
 */
record AcceptedVectors(ModelIdentity model, SortedSet<String> numerics) {
  /** Chunks of a dataset that are embedded again before its vectors are kept. */
  static final int SAMPLE = 16;

  /**
   * The vectors of this machine and, if they are to be reused, of those that made the ref's
   * dataset.
   *
   * @throws NumericsChangedException if it has others and the user did not choose
   */
  static AcceptedVectors of(
      EmbedConfig config, @Nullable PresentDataset present, ModelIdentity model)
      throws NumericsChangedException {
    SortedSet<String> own = new TreeSet<>(List.of(model.numerics()));
    AcceptedVectors accepted = new AcceptedVectors(model, own);
    if (present == null
        || config.numerics() == Numerics.RECOMPUTE
        || !isOf(present.manifest(), model)
        || accepted.accepts(present.manifest())) {
      return accepted;
    }
    if (config.numerics() == Numerics.ASK) {
      throw new NumericsChangedException(
          config.ref(), present.manifest().numerics(), model.numerics());
    }
    SortedSet<String> all = new TreeSet<>(own);
    all.addAll(present.manifest().numerics());
    return new AcceptedVectors(model, all);
  }

  /** True if all of a dataset's vectors are among these. */
  boolean accepts(Manifest dataset) {
    return isOf(dataset, model) && numerics.containsAll(dataset.numerics());
  }

  private static boolean isOf(Manifest dataset, ModelIdentity model) {
    return !dataset.model().isEmpty() && ModelIdentity.fromMap(dataset.model()).sameModel(model);
  }

  /**
   * Embeds a sample of a dataset again, if others than this machine computed any of it.
   *
   * @throws IntegrityException if its vectors are not what the model gives
   */
  void check(TieredStore tiers, PresentDataset present) throws IOException {
    if (numerics.size() > 1) {
      check(tiers, present.dataset(), "the ref's dataset");
    }
  }

  static void check(TieredStore tiers, Cid dataset, String name) throws IOException {
    SampleCheck.Result sample = new SampleCheck(tiers, dataset).compare(SAMPLE);
    if (!sample.isWithinTolerance()) {
      throw new IntegrityException(
          "Cannot reuse vectors: "
              + name
              + " differs by "
              + sample.maxAbsDifference()
              + " (at most "
              + sample.tolerance()
              + ")");
    }
  }

  /**
   * Digests that a shard's key may have been made with, first the one for a shard to compute. A
   * shard that may hold vectors of several machines has a key of its own, whichever of them writes
   * it.
   */
  List<String> digests() {
    if (numerics.size() == 1) {
      return List.of(model.digest());
    }
    ActionKey mixed = ActionKey.of("numerics");
    numerics.forEach(mixed::part);
    return Stream.concat(Stream.of(mixed.hex()), numerics.stream())
        .map(each -> model.withNumerics(each).digest())
        .toList();
  }
}
