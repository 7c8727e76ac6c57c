package dev.cairn.pipelines;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.ActionKey;
import dev.cairn.io.dataset.Manifest;
import dev.cairn.io.store.LocalStore;
import dev.cairn.transforms.embed.ShardReceipt;
import dev.cairn.transforms.embed.ShardTask;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The second act: which shards are known and which must be computed.
 *
 * @param keys of all shards, in order
 * @param known what was found for each, empty for those to compute
 * @param earlier files of an earlier dataset's chunks by the shard that may take their vectors
 * @param lookup that found them
 */
record Decision(
    List<String> keys,
    List<Optional<KnownShard>> known,
    List<List<String>> earlier,
    ShardLookup lookup) {

  static Decision of(
      EmbedConfig config,
      LocalStore store,
      @Nullable PresentDataset present,
      Workplace workplace,
      Plan plan,
      AcceptedVectors accepted)
      throws IOException {
    String settings = Manifest.fingerprint(config.settings());
    ShardLookup lookup = new ShardLookup(store, present == null ? null : present.manifest());
    List<String> keys = new ArrayList<>();
    List<List<String>> accepting = new ArrayList<>();
    for (PlannedShard shard : plan.shards()) {
      List<String> all = new ArrayList<>();
      for (String digest : accepted.digests()) {
        all.add(ActionKey.ofShard(settings, digest).part(shard.rows()).hex());
      }
      accepting.add(all);
      keys.add(all.get(0));
    }
    workplace.collect(keys.stream().map(ShardReceipt::action).toList());
    Optional<EarlierDataset> dataset =
        EarlierDataset.of(present == null ? null : present.manifest(), config, accepted);
    List<Optional<KnownShard>> known = new ArrayList<>();
    List<List<String>> earlier = new ArrayList<>();
    String before = null;
    for (int i = 0; i < keys.size(); i++) {
      String boundary = plan.shards().get(i).boundary();
      Optional<KnownShard> found = lookup.find(accepting.get(i), boundary);
      known.add(found);
      earlier.add(
          dataset.isEmpty() || found.isPresent()
              ? List.of()
              : whole(store, dataset.get().chunks(before, boundary)));
      before = boundary;
    }
    return new Decision(List.copyOf(keys), List.copyOf(known), List.copyOf(earlier), lookup);
  }

  /** A file that is not whole here is not read: its vectors are computed again. */
  private static List<String> whole(LocalStore store, List<Cid> files) throws IOException {
    List<String> whole = new ArrayList<>();
    for (Cid file : files) {
      if (store.isWhole(file)) {
        whole.add(file.toString());
      }
    }
    return whole;
  }

  int unknown() {
    return (int) known.stream().filter(Optional::isEmpty).count();
  }

  /** Rows of a table in all shards that are known. */
  long knownRows(String table) {
    return known.stream().flatMap(Optional::stream).mapToLong(s -> s.rows(table)).sum();
  }

  /** Tokens of all shards that are known. */
  long knownTokens() {
    return known.stream().flatMap(Optional::stream).mapToLong(KnownShard::tokens).sum();
  }

  /** True if shard {@code i} was not known when the run decided. */
  boolean computed(int i) {
    return known.get(i).isEmpty();
  }

  /** Those of all shards that were not known when the run decided. */
  List<KnownShard> computed(List<KnownShard> shards) {
    return IntStream.range(0, shards.size()).filter(this::computed).mapToObj(shards::get).toList();
  }

  List<ShardTask> tasks(Plan plan) {
    List<ShardTask> tasks = new ArrayList<>();
    Cid addresses = plan.addresses();
    for (int i = 0; i < keys.size(); i++) {
      if (computed(i)) {
        PlannedShard shard = plan.shards().get(i);
        tasks.add(
            ShardTask.of(
                keys.get(i),
                addresses.toString(),
                shard.offset(),
                shard.records(),
                shard.textBytes(),
                earlier.get(i)));
      }
    }
    return tasks;
  }

  /** All shards, once those that were unknown are computed. */
  List<KnownShard> shardsAfterWork(LocalStore store, Plan plan) throws IOException {
    List<KnownShard> shards = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      String key = keys.get(i);
      Optional<KnownShard> shard =
          computed(i) ? lookup.find(key, plan.shards().get(i).boundary()) : known.get(i);
      shards.add(
          shard.orElseThrow(
              () -> new IOException("Cannot find shard: " + key + " (its job has ended)")));
    }
    return shards;
  }
}
