package dev.cairn.io.store.tier;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockStore;
import dev.cairn.io.block.DagWalk;
import dev.cairn.io.block.FileSpan;
import dev.cairn.io.block.MissingBlockException;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Target;
import dev.cairn.io.store.BlockCache;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.LocalWriter;
import dev.cairn.io.store.StorageException;
import dev.cairn.io.store.http.UnavailableException;
import dev.cairn.io.store.kubo.KuboStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Blocks from wherever they are: the local store, the cache, then the node, then gateways. What was
 * fetched goes to the cache. Writes go to {@link #local}, and from there to the node by {@link
 * Delivery}.
 *
 * <p>A tier that does not answer is passed over; nothing else is: a block that fails its hash,
 * refused credentials and bad requests end the read (storage.md, 7). A block that no tier has is
 * missing only if every tier was asked.
 *
 * <p>Remote tiers are opened when a block is first missing here, so that who has all needs no
 * network. Safe for use by several threads.
 */
public final class TieredStore implements BlockStore {
  private static final Logger LOG = LoggerFactory.getLogger(TieredStore.class);

  /** How long the node may ask the network what a name means. */
  private static final Duration NAME_SEARCH = Duration.ofSeconds(60);

  private final LocalStore local;
  private final BlockCache cache;
  private final PolicySource source;
  private @Nullable StorePolicy policy;
  private @Nullable RemoteTiers remotes;

  /** Where the policy is had from, when it is first needed. */
  @FunctionalInterface
  public interface PolicySource {
    /** The policy; always the same. */
    StorePolicy policy() throws IOException;
  }

  /** Over a local store, which is closed with this one. */
  public TieredStore(LocalStore local, PolicySource source) {
    this.local = local;
    this.cache = local.cache();
    this.source = source;
  }

  /** The local store, which has refs, pins and actions, and takes all writes first. */
  public LocalStore local() {
    return local;
  }

  @Override
  public Block get(Cid cid) throws IOException {
    return get(cid, tier -> tier.get(cid));
  }

  @Override
  public Block get(Cid cid, FileSpan span) throws IOException {
    return get(cid, tier -> tier.get(cid, span));
  }

  /** How a remote tier is asked for a block. */
  private interface Asking {
    Block of(RemoteTier tier) throws IOException;
  }

  private Block get(Cid cid, Asking asking) throws IOException {
    try {
      return local.get(cid);
    } catch (MissingBlockException e) {
      Block cached = cache.get(cid);
      return cached == null ? fetch(cid, asking) : cached;
    }
  }

  @Override
  public boolean has(Cid cid) throws IOException {
    if (local.has(cid) || cache.has(cid)) {
      return true;
    }
    UnavailableException unavailable = null;
    for (RemoteTier tier : remotes().all()) {
      try {
        if (tier.has(cid)) {
          return true;
        }
      } catch (UnavailableException e) {
        unavailable = e;
      }
    }
    if (unavailable != null) {
      throw unavailable;
    }
    return false;
  }

  /**
   * Makes a DAG whole in the local store, from wherever it is, and keeps it there as {@link
   * LocalStore#keep} does.
   *
   * @throws dev.cairn.io.block.IntegrityException if a block is missing or damaged
   */
  public void bring(Cid root) throws IOException {
    if (!local.isWhole(root)) {
      try (LocalWriter writer = local.newWriter()) {
        DagWalk.reading(this).from(root, writer::put);
        writer.seal();
      }
    }
    local.keep(root);
  }

  private Block fetch(Cid cid, Asking asking) throws IOException {
    List<String> asked = new ArrayList<>(List.of("local store", "cache"));
    UnavailableException unavailable = null;
    for (RemoteTier tier : remotes().all()) {
      try {
        Block block = asking.of(tier);
        keep(block);
        return block;
      } catch (MissingBlockException e) {
        asked.add(tier.toString());
      } catch (UnavailableException e) {
        unavailable = e;
      }
    }
    if (unavailable != null) {
      throw unavailable;
    }
    throw new MissingBlockException(cid, String.join(", ", asked));
  }

  private void keep(Block block) throws IOException {
    try {
      cache.put(block);
    } catch (StorageException e) {
      LOG.warn("A fetched block is not kept: {}", e.getMessage());
    }
  }

  /** The policy, which is resolved now if it was not before. */
  public synchronized StorePolicy policy() throws IOException {
    StorePolicy resolved = policy;
    if (resolved == null) {
      resolved = source.policy();
      policy = resolved;
    }
    return resolved;
  }

  /**
   * The root that an IPNS name means now, as the node knows it.
   *
   * @param name a key's name, or a domain with DNSLink
   * @throws StorageException if there is no node, or it does not know the name
   */
  public Cid resolveName(String name) throws IOException {
    KuboStore node = remotes().node();
    if (node == null) {
      throw new StorageException(
          "Cannot resolve name: ipns://"
              + name
              + " (no ref here; another name needs a node, but "
              + policy().reason()
              + ")",
          null);
    }
    String path = node.client().names().resolve(name, NAME_SEARCH);
    return Target.parse(path).resolve(local.refs(), this);
  }

  /** How the tiers are that are not the local store; asks each of them. */
  public List<TierHealth> health() throws IOException {
    return TierChecks.of(policy());
  }

  /** The policy's node. */
  KuboStore node() throws IOException {
    KuboStore node = remotes().node();
    if (node == null) {
      throw new IllegalStateException("Cannot use node: none (" + policy().reason() + ")");
    }
    return node;
  }

  private synchronized RemoteTiers remotes() throws IOException {
    RemoteTiers opened = remotes;
    if (opened == null) {
      opened = RemoteTiers.of(policy());
      remotes = opened;
    }
    return opened;
  }

  @Override
  public synchronized void close() throws IOException {
    try (local;
        cache) {
      if (remotes != null) {
        remotes.close();
      }
    }
  }
}
