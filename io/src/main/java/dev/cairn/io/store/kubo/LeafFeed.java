package dev.cairn.io.store.kubo;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.CorruptBlockException;
import dev.cairn.io.block.PbLink;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.store.http.BadAnswerException;
import dev.cairn.io.store.http.BlockFeed;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Raw leaves in link order, many a request, as their bytes alone. Measured on Kubo 0.42.0 with
 * leaves of 2 KiB: 0.6 of what an export costs the node, which can also work at several requests.
 *
 * <p>Links declare how long their leaves are, and hashes tell if that is so. Memory: {@value
 * #REQUESTS} times {@value #MAX_BYTES} bytes and a leaf.
 */
final class LeafFeed implements BlockFeed {
  private static final int REQUESTS = 2;
  private static final int MAX_LEAVES = 250;

  /** The node reads a whole request's leaves before it answers. */
  private static final long MAX_BYTES = 4 << 20;

  private final KuboClient client;

  /** Each leaf once. */
  private final List<PbLink> leaves;

  private final ExecutorService threads = Executors.newFixedThreadPool(REQUESTS, LeafFeed::daemon);
  private final Queue<Future<Queue<Block>>> coming = new ArrayDeque<>();
  private Queue<Block> here = new ArrayDeque<>();
  private int asked;

  private LeafFeed(KuboClient client, Collection<PbLink> leaves) {
    this.client = client;
    this.leaves = List.copyOf(leaves);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "cairn-leaves");
    thread.setDaemon(true);
    return thread;
  }

  /** How leaves are asked for; null if not all links are raw leaves. */
  static BlockFeed.@Nullable Opener of(KuboClient client, List<PbLink> links) {
    Map<Cid, PbLink> leaves = new LinkedHashMap<>();
    for (PbLink link : links) {
      if (link.cid().codec() != Codec.RAW || link.tsize() > Block.MAX_READ_BYTES) {
        return null;
      }
      if (!KuboStore.isIdentity(link.cid())) {
        leaves.put(link.cid(), link);
      }
    }
    return () -> new LeafFeed(client, leaves.values());
  }

  @Override
  public @Nullable Block next() throws IOException {
    if (here.isEmpty()) {
      while (asked < leaves.size() && coming.size() < REQUESTS) {
        List<PbLink> batch = batch();
        coming.add(threads.submit(() -> get(batch)));
      }
      Future<Queue<Block>> first = coming.poll();
      here = first == null ? here : await(first);
    }
    return here.poll();
  }

  private List<PbLink> batch() {
    int from = asked;
    long bytes = 0;
    while (asked < leaves.size() && asked - from < MAX_LEAVES && bytes < MAX_BYTES) {
      bytes += leaves.get(asked).tsize();
      asked++;
    }
    return leaves.subList(from, asked);
  }

  private Queue<Block> get(List<PbLink> batch) throws IOException {
    Queue<Block> blocks = new ArrayDeque<>(batch.size());
    try (InputStream in = client.cat(batch.stream().map(PbLink::cid).toList())) {
      for (PbLink leaf : batch) {
        blocks.add(verified(leaf.cid(), in.readNBytes((int) leaf.tsize())));
      }
      if (in.read() >= 0) {
        throw new BadAnswerException(
            "Cannot read leaves: " + client.where() + " (more bytes than asked for)", null);
      }
    }
    return blocks;
  }

  private Block verified(Cid leaf, byte[] bytes) throws BadAnswerException {
    try {
      return Block.verified(leaf, bytes, client.where());
    } catch (CorruptBlockException e) {
      // Or cut off, or not as long as declared: one by one this is told apart.
      throw new BadAnswerException(
          "Cannot read leaves: " + client.where() + " at " + leaf + " (its bytes)", e);
    }
  }

  private static Queue<Block> await(Future<Queue<Block>> blocks) throws IOException {
    try {
      return blocks.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException("Interrupted in reading");
      interrupted.initCause(e);
      throw interrupted;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException("Cannot read leaves: " + e.getCause(), e);
    }
  }

  /** Ends the requests at once, whatever they wait for. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
