package dev.cairn.io.store.kubo;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockStore;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.HashFunction;
import dev.cairn.io.store.http.DagStream;
import java.io.IOException;

/**
 * A node's blocks, one call each; {@link #dag} is for a whole DAG in order. Closing closes the
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
   * A view for reading one DAG in order, which is asked for as one archive; the caller closes it.
   */
  public DagStream dag(Cid root) {
    return new DagStream(this, client::dagExport, root, client.where(), DagStream.STANDARD_WINDOW);
  }

  @Override
  public Block get(Cid cid) throws IOException {
    return isIdentity(cid) ? Block.identity(cid) : client.blockGet(cid);
  }

  @Override
  public boolean has(Cid cid) throws IOException {
    return isIdentity(cid) || client.blockStat(cid).isPresent();
  }

  static boolean isIdentity(Cid cid) {
    return cid.multihash().function() == HashFunction.IDENTITY;
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
