package dev.cairn.io.store.kubo;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockStore;
import dev.cairn.io.block.PbLink;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.store.http.BlockFeed;
import dev.cairn.io.store.http.DagStream;
import dev.cairn.io.store.http.SmallLinks;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node's blocks, one call each; {@link #stream} is for a whole DAG in order. Closing closes the
 * client.
 */
public final class KuboStore implements BlockStore {
  private final KuboClient client;

  /** The blocks of the node that {@code client} talks to. */
  public KuboStore(KuboClient client) {
    this.client = client;
  }

  /** The node's other calls. */
  public KuboClient client() {
    return client;
  }

  /** A new batch of writes. */
  public KuboWriter newWriter() {
    return new KuboWriter(client);
  }

  /**
   * A view for reading DAGs in order; the caller closes it, and this store after it. Small blocks,
   * as those of folders of small files, come many at once; large ones are as fast one by one, and
   * faster if several threads ask.
   */
  public DagStream stream() {
    return new DagStream(this, this::below, client.where(), DagStream.STANDARD_BYTES);
  }

  private BlockFeed.@Nullable Opener below(Block node) {
    List<PbLink> links = SmallLinks.of(node);
    if (isArchive(links)) {
      return () -> export(node.cid());
    }
    return WalkFeed.isWorth(links) ? () -> new WalkFeed(client, links) : null;
  }

  /** True if these links, to nodes among others, are followed faster by the node. */
  static boolean isArchive(List<PbLink> links) {
    return SmallLinks.are(links)
        && links.stream().anyMatch(link -> link.cid().codec() == Codec.DAG_PB);
  }

  /** The DAG below a node at once, whatever it holds. */
  BlockFeed export(Cid root) throws IOException {
    return BlockFeed.ofArchive(client.dagExport(root), client.where());
  }

  @Override
  public Block get(Cid cid) throws IOException {
    return cid.isIdentity() ? Block.identity(cid) : client.blockGet(cid);
  }

  @Override
  public boolean has(Cid cid) throws IOException {
    return cid.isIdentity() || client.blockStat(cid).isPresent();
  }

  @Override
  public void close() {
    client.close();
  }

  @Override
  public String toString() {
    return client.where();
  }
}
