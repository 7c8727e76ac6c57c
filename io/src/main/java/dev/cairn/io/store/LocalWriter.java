package dev.cairn.io.store;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockStore;
import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A batch of writes to the local store: one pack, or several where one grows too large, the last of
 * which holds what was put last. A batch in which nothing was new leaves no file.
 *
 * <p>Not thread-safe. A failed put or seal is final; close then removes the files.
 */
public final class LocalWriter implements BlockWriter {
  private final Home home;
  private final Packs packs;
  private final PackLimits limits;
  private final LocalStore store;

  /** Packs that were rolled: finished, named and forced, but still in {@code tmp/}. */
  private final List<FinishedPack> finished = new ArrayList<>();

  private @Nullable PackWriter current;
  private State state = State.NEW;
  private boolean deduplicated;
  private long newBlocks;
  private long newBytes;

  private enum State {
    NEW,
    WRITING,
    SEALED,
    FAILED,
    CLOSED
  }

  LocalWriter(Home home, Packs packs, PackLimits limits, LocalStore store) {
    this.limits = limits;
    this.home = home;
    this.packs = packs;
    this.store = store;
  }

  @Override
  public boolean put(Block block) throws IOException {
    if (block.cid().isIdentity()) {
      return false;
    }
    checkSize(block);
    start();
    State before = state;
    state = State.FAILED;
    boolean written = putNew(block);
    state = before;
    return written;
  }

  /** Counts on a block that the store has: it is durable once this is sealed. */
  void rely() throws IOException {
    start();
    deduplicated = true;
  }

  /** Blocks written so far: those that neither the store nor this writer had. */
  public long newBlocks() {
    return newBlocks;
  }

  /** Bytes of those blocks. */
  public long newBytes() {
    return newBytes;
  }

  /**
   * What a reader will see once this writer is sealed: its blocks and the store's. For looking
   * whether a DAG is whole before it is made visible. To be used by the writer's owner only, until
   * it is sealed or closed; closing the view does nothing.
   */
  public BlockStore pending() {
    return new PendingBlocks(this, store);
  }

  @Override
  public void seal() throws IOException {
    if (state == State.NEW) {
      state = State.SEALED;
      return;
    }
    checkWriting();
    state = State.FAILED;
    finishCurrent();
    for (FinishedPack pack : finished) {
      pack.publish(home);
    }
    if (!finished.isEmpty() || deduplicated) {
      // Also for what another process has only just renamed and this one counted on.
      home.disk().forceFolder(home.packs());
    }
    packs.added(finished.stream().map(FinishedPack::name).toList());
    finished.clear();
    state = State.SEALED;
  }

  /** A block that was put here and was new; null if it was not. */
  @Nullable Block get(Cid cid) throws IOException {
    Block block = current == null ? null : current.get(cid);
    for (int i = 0; block == null && i < finished.size(); i++) {
      block = finished.get(i).pack().get(cid);
    }
    return block;
  }

  /** True if the block was put here and was new. */
  boolean contains(Cid cid) throws IOException {
    boolean found = current != null && current.contains(cid.multihash());
    for (int i = 0; !found && i < finished.size(); i++) {
      found = finished.get(i).pack().contains(cid.multihash());
    }
    return found;
  }

  private boolean putNew(Block block) throws IOException {
    if (contains(block.cid())) {
      return false;
    }
    if (packs.holds(block.cid())) {
      deduplicated = true;
      return false;
    }
    PackWriter pack = current;
    if (pack != null && !pack.hasRoomFor(block, limits)) {
      finishCurrent();
      pack = null;
    }
    if (pack == null) {
      pack = new PackWriter(home.disk(), home.newTemporary(".car"));
      current = pack;
    }
    pack.put(block);
    newBlocks++;
    newBytes += block.size();
    return true;
  }

  private void start() throws IOException {
    if (state == State.NEW) {
      // Registered first, listed then: no pack that is counted on from here can be collected.
      home.openForWriting();
      packs.prepareForWriting();
      state = State.WRITING;
    }
    checkWriting();
  }

  private void finishCurrent() throws IOException {
    PackWriter pack = current;
    if (pack != null) {
      String name = pack.finish(HexFormat.of().parseHex(home.machine().randomId()));
      pack.close();
      current = null;
      finished.add(FinishedPack.open(home, pack.path(), name));
    }
  }

  private void checkWriting() {
    if (state != State.WRITING) {
      throw new IllegalStateException(
          "Cannot write: " + home.root() + " (writer is " + state + ")");
    }
  }

  private static void checkSize(Block block) throws IOException {
    if (block.size() > Block.MAX_READ_BYTES) {
      throw new MalformedContentException(
          "Cannot write block: "
              + block.cid()
              + " of "
              + block.size()
              + " bytes (at most "
              + Block.MAX_READ_BYTES
              + ")");
    }
  }

  @Override
  public void close() throws IOException {
    if (state == State.CLOSED) {
      return;
    }
    state = State.CLOSED;
    List<Path> left = new ArrayList<>();
    PackWriter pack = current;
    if (pack != null) {
      current = null;
      pack.close();
      left.add(pack.path());
    }
    for (FinishedPack done : finished) {
      done.close();
      left.add(done.path());
    }
    finished.clear();
    for (Path path : left) {
      home.disk().delete(path);
    }
  }
}
