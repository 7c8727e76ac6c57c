package dev.cairn.io.store.kubo;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.CorruptBlockException;
import dev.cairn.io.block.PbLink;
import dev.cairn.io.block.Waits;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.store.http.BadAnswerException;
import dev.cairn.io.store.http.BlockFeed;
import dev.cairn.io.store.http.SmallLinks;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * What is below a node, depth first in link order: blocks one by one, but small raw leaves many a
 * request as their bytes alone, and several requests at once. Measured on Kubo 0.42.0 with leaves
 * of 2 KiB: 0.6 of what an export costs the node, which works at a request with one core.
 *
 * <p>It ends at a node whose links lead to small nodes: that comes faster as an archive. Links
 * declare how long leaves are, and hashes tell if that is so. Memory: {@value #AHEAD} blocks, or
 * small leaves of {@value #MAX_BYTES} bytes each, and some 100 bytes a node.
 */
final class WalkFeed implements BlockFeed {
  /** Links that make up for the threads. */
  private static final int FEW = 4;

  private static final int REQUESTS = 4;

  /** Requests that are under way, or answered and not yet due. */
  private static final int AHEAD = 8;

  private static final int MAX_LEAVES = 250;

  /** The node reads a whole request's leaves before it answers. */
  private static final long MAX_BYTES = 2 << 20;

  private final KuboClient client;
  private final ExecutorService threads = Executors.newFixedThreadPool(REQUESTS, WalkFeed::daemon);
  private final Set<Cid> singles = new HashSet<>();

  /** What is to come, the next at the end. */
  private final List<Step> steps = new ArrayList<>();

  private Queue<Block> here = new ArrayDeque<>();

  /** Walks what these links lead to. */
  WalkFeed(KuboClient client, List<PbLink> links) {
    this.client = client;
    steps.addAll(stepsTo(links));
  }

  /** True if there is much to walk; who reads a file of large leaves asks for several at once. */
  static boolean isWorth(List<PbLink> links) {
    return links.stream().filter(link -> !isLargeChunk(link)).count() >= FEW;
  }

  private static boolean isLargeChunk(PbLink link) {
    return link.cid().codec() == Codec.RAW
        && link.tsize() > SmallLinks.LARGE_BYTES
        && link.nameBytes().length == 0;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "cairn-walk");
    thread.setDaemon(true);
    return thread;
  }

  /** One request: a block, or small leaves. */
  private final class Step {
    private final List<PbLink> links;
    private final boolean isSingle;
    private @Nullable Future<Queue<Block>> answer;

    /** Of a block that is here. */
    private volatile List<PbLink> below = List.of();

    private boolean walked;

    Step(List<PbLink> links, boolean isSingle) {
      this.links = links;
      this.isSingle = isSingle;
    }

    Future<Queue<Block>> start() {
      Future<Queue<Block>> started = answer;
      if (started == null) {
        started = threads.submit(() -> isSingle ? single(links.get(0).cid()) : leaves(links));
        answer = started;
      }
      return started;
    }

    /** None where the walk ends, for an archive: whoever takes the block asks for that. */
    private Queue<Block> single(Cid cid) throws IOException {
      Block block = client.blockGet(cid);
      List<PbLink> found = SmallLinks.of(block);
      if (KuboStore.isArchive(found)) {
        return new ArrayDeque<>();
      }
      below = found;
      return new ArrayDeque<>(List.of(block));
    }

    /** What follows, once the request was answered, and only once. */
    List<Step> below() {
      if (walked || !start().isDone()) {
        return List.of();
      }
      walked = true;
      return stepsTo(below);
    }
  }

  /** In the order of {@link #steps}. */
  private List<Step> stepsTo(List<PbLink> links) {
    List<Step> to = new ArrayList<>();
    List<PbLink> leaves = new ArrayList<>();
    Set<Cid> distinct = new HashSet<>();
    long bytes = 0;
    for (PbLink link : links) {
      boolean small = isSmallLeaf(link);
      if (!leaves.isEmpty() && (!small || leaves.size() == MAX_LEAVES || bytes > MAX_BYTES)) {
        to.add(new Step(leaves, false));
        leaves = new ArrayList<>();
        bytes = 0;
      }
      if (small && distinct.add(link.cid())) {
        leaves.add(link);
        bytes += link.tsize();
      } else if (!small && !link.cid().isIdentity() && singles.add(link.cid())) {
        to.add(new Step(List.of(link), true));
      }
    }
    if (!leaves.isEmpty()) {
      to.add(new Step(leaves, false));
    }
    Collections.reverse(to);
    return to;
  }

  private static boolean isSmallLeaf(PbLink link) {
    return link.cid().codec() == Codec.RAW
        && link.tsize() <= SmallLinks.LARGE_BYTES
        && !link.cid().isIdentity();
  }

  @Override
  public @Nullable Block next() throws IOException {
    while (here.isEmpty() && !steps.isEmpty()) {
      goAhead();
      Step due = steps.remove(steps.size() - 1);
      here = Waits.await(due.start(), "reading blocks");
      if (here.isEmpty()) {
        steps.clear();
      }
      steps.addAll(due.below());
    }
    return here.poll();
  }

  /** Starts what comes soon, with what follows the nodes of it that are here. */
  private void goAhead() {
    int at = steps.size() - 1;
    for (int i = 0; i < AHEAD && at >= 0; i++) {
      Step step = steps.get(at);
      var unused = step.start();
      List<Step> below = step.below();
      steps.addAll(at, below);
      at += below.size() - 1;
    }
  }

  private Queue<Block> leaves(List<PbLink> links) throws IOException {
    Queue<Block> blocks = new ArrayDeque<>(links.size());
    try (InputStream in = client.cat(links.stream().map(PbLink::cid).toList())) {
      for (PbLink link : links) {
        blocks.add(verified(link.cid(), in.readNBytes((int) link.tsize())));
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

  /** Ends the requests at once, whatever they wait for. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
