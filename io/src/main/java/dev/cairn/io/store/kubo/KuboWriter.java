package dev.cairn.io.store.kubo;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.block.CidSet;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.store.StorageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Sends blocks to a node while they are put, as one archive, or two where there are many. Memory: 8
 * MiB each, and up to 86 bytes a block to know which were put already.
 *
 * <p>Unlike other writers, a node makes blocks visible as they arrive, and those of a writer that
 * was closed without a seal stay until the node collects its garbage. Nothing holds them: who needs
 * them pins them, or names them in {@link KuboFiles}, after the seal. How durable a sealed block is
 * depends on the node's datastore. A node that has a bad copy of a block keeps it.
 *
 * <p>Blocks are sent under the raw codec: a node keys them by multihash, and would refuse those
 * that it cannot decode.
 */
public final class KuboWriter implements BlockWriter {
  /** A node takes one archive on one core. */
  private static final int MAX_UPLOADS = 2;

  /** Bytes that an archive lags behind by before another is worth its request. */
  private static final long LAG_BYTES = 4 << 20;

  private final KuboClient client;
  private final CidSet sent = new CidSet();
  private final List<Upload> uploads = new ArrayList<>();
  private long blocks;
  private long bytes;
  private State state = State.NEW;

  private enum State {
    NEW,
    WRITING,
    SEALED,
    FAILED,
    CLOSED
  }

  KuboWriter(KuboClient client) {
    this.client = client;
  }

  /**
   * Sends a block.
   *
   * @return false if this writer has sent it already; whether the node had it is not asked
   */
  @Override
  public boolean put(Block block) throws IOException {
    if (block.cid().isIdentity()) {
      return false;
    }
    checkSize(block);
    checkWriting();
    Cid raw = Cid.v1(Codec.RAW, block.cid().multihash());
    if (!sent.add(raw)) {
      return false;
    }
    state = State.FAILED;
    upload().write(block.as(raw));
    blocks++;
    bytes += block.size();
    state = State.WRITING;
    return true;
  }

  /**
   * Ends the archive and waits for the node's count.
   *
   * @throws StorageException if the node did not take all; it may have taken some
   */
  @Override
  public void seal() throws IOException {
    checkWriting();
    state = State.FAILED;
    for (Upload upload : uploads) {
      upload.finish();
    }
    ImportStats taken = new ImportStats(0, 0);
    for (Upload upload : uploads) {
      ImportStats part = upload.await();
      taken = new ImportStats(taken.blocks() + part.blocks(), taken.bytes() + part.bytes());
    }
    if (taken.blocks() != blocks || taken.bytes() != bytes) {
      throw new StorageException(
          "Cannot write blocks: "
              + client.where()
              + " took "
              + taken
              + " ("
              + blocks
              + " blocks of "
              + bytes
              + " bytes were sent)",
          null);
    }
    state = State.SEALED;
  }

  /** The one that lags least; another, while all do and there may be more. */
  private Upload upload() throws IOException {
    for (Upload upload : uploads) {
      upload.check();
    }
    Upload least = uploads.stream().min(Comparator.comparingLong(Upload::pending)).orElse(null);
    if (least != null && (least.pending() < LAG_BYTES || uploads.size() == MAX_UPLOADS)) {
      return least;
    }
    Upload another = new Upload(client);
    uploads.add(another);
    return another;
  }

  private void checkWriting() {
    if (state != State.NEW && state != State.WRITING) {
      throw new IllegalStateException(
          "Cannot write: " + client.where() + " (writer is " + state + ")");
    }
  }

  private static void checkSize(Block block) throws MalformedContentException {
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
  public void close() {
    if (state != State.SEALED) {
      uploads.forEach(Upload::cancel);
    }
    state = State.CLOSED;
  }
}
