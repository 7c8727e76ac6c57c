package dev.cairn.pipelines;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.tier.SharedNode;
import dev.cairn.io.store.tier.StorePolicy;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.transforms.embed.ShardReceipt;
import dev.cairn.transforms.record.NodeWord;
import dev.cairn.transforms.record.WorkerStore;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Workers share no more than a node: what they read is lent to the run there, and what they finish
 * is brought here while they work. Safe for the run's thread and the one that watches progress.
 */
final class NodeWorkplace implements Workplace {
  private final StorePolicy policy;
  private final TieredStore tiers;
  private final RunFolder folder;
  private final SharedNode node;
  private final Set<String> adopted = new TreeSet<>();
  private final Map<String, Long> tokens = new HashMap<>();

  NodeWorkplace(StorePolicy policy, TieredStore tiers, RunFolder folder) throws IOException {
    this.policy = policy;
    this.tiers = tiers;
    this.folder = folder;
    this.node = SharedNode.of(tiers);
  }

  @Override
  public WorkerStore open(Map<String, Cid> needed) throws IOException {
    NodeWord word = new NodeWord(folder.newWord());
    try (var writer = tiers.local().newWriter()) {
      writer.put(word.block());
      writer.seal();
    }
    node.lend(folder.name(), NodeWord.NAME, word.block().cid());
    for (Map.Entry<String, Cid> root : needed.entrySet()) {
      node.lend(folder.name(), root.getKey(), root.getValue());
    }
    return WorkerStore.atNode(policy, folder.name(), word);
  }

  @Override
  public synchronized void collect(Collection<String> actions) throws IOException {
    Set<String> there = node.actions();
    for (String action : actions) {
      if (there.contains(action)
          && !adopted.contains(action)
          && (tiers.local().wholeAction(action).isPresent() || node.adopt(action))) {
        adopted.add(action);
      }
    }
  }

  @Override
  public String progressFolder() {
    return "";
  }

  @Override
  public synchronized long tokens(String job, Collection<String> shards) throws IOException {
    collect(shards.stream().map(ShardReceipt::action).toList());
    long sum = 0;
    for (String shard : shards) {
      if (adopted.contains(ShardReceipt.action(shard)) && !tokens.containsKey(shard)) {
        Optional<String> receipt = tiers.local().actions().get(ShardReceipt.action(shard));
        if (receipt.isPresent()) {
          tokens.put(shard, ShardReceipt.fromJson(shard, receipt.get()).getTokens());
        }
      }
      sum += tokens.getOrDefault(shard, 0L);
    }
    return sum;
  }

  /** What was fetched is in the local store now: the node need not hold it for the run. */
  @Override
  public synchronized void done() throws IOException {
    for (String run : folder.runsOfThisJob()) {
      node.takeBack(run);
    }
    for (String action : adopted) {
      node.forget(action);
    }
    adopted.clear();
    folder.done();
  }
}
