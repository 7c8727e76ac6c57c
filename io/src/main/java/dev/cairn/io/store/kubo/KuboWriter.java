package dev.cairn.io.store.kubo;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.block.CidSet;
import dev.cairn.io.car.CarWriter;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.store.StorageException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.BufferedSink;
import okio.Okio;
import okio.Pipe;
import okio.Source;
import org.jspecify.annotations.Nullable;

/**
 * Sends blocks to a node as one archive while they are put. Memory: 8 MiB, and up to 86 bytes a
 * block to know which were put already.
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
  private static final long PIPE_BYTES = 8 << 20;

  private final KuboClient client;
  private final CidSet sent = new CidSet();
  private @Nullable Upload upload;
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
    if (KuboStore.isIdentity(block.cid())) {
      return false;
    }
    checkSize(block);
    checkWriting();
    Cid raw = Cid.v1(Codec.RAW, block.cid().multihash());
    if (!sent.add(raw)) {
      return false;
    }
    state = State.FAILED;
    Upload to = upload;
    if (to == null) {
      to = new Upload(client);
      upload = to;
    }
    to.write(block.as(raw));
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
    if (upload != null) {
      ImportStats taken = upload.finish();
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
    }
    state = State.SEALED;
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
    if (upload != null && state != State.SEALED) {
      upload.cancel();
    }
    state = State.CLOSED;
  }

  /** The request, on a thread of its own, and the pipe into it. */
  private static final class Upload {
    private final Pipe pipe = new Pipe(PIPE_BYTES);
    private final FutureTask<ImportStats> answer;
    private final Thread thread;
    private @Nullable CarWriter car;

    Upload(KuboClient client) {
      this.answer =
          new FutureTask<>(
              () -> {
                try {
                  return client.dagImport(new PipeBody(pipe), false);
                } finally {
                  // Whoever writes is told at once.
                  pipe.cancel();
                }
              });
      this.thread = new Thread(answer, "cairn-kubo-put");
      thread.setDaemon(true);
      thread.start();
    }

    void write(Block block) throws IOException {
      try {
        CarWriter to = car;
        if (to == null) {
          to = new CarWriter(Okio.buffer(pipe.sink()).outputStream(), List.of());
          car = to;
        }
        to.write(block);
      } catch (IOException e) {
        throw reason(e);
      }
    }

    ImportStats finish() throws IOException {
      CarWriter to = car;
      try {
        if (to != null) {
          to.close();
        }
      } catch (IOException e) {
        throw reason(e);
      }
      return await();
    }

    /** Why the pipe broke, which the request knows, if it was not this thread that was stopped. */
    private IOException reason(IOException e) throws IOException {
      if (e instanceof InterruptedIOException) {
        return e;
      }
      await();
      return e;
    }

    private ImportStats await() throws IOException {
      try {
        return answer.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        InterruptedIOException interrupted =
            new InterruptedIOException("Interrupted while sealing");
        interrupted.initCause(e);
        throw interrupted;
      } catch (ExecutionException e) {
        if (e.getCause() instanceof IOException failure) {
          throw failure;
        }
        throw new IllegalStateException("Cannot write blocks: " + e.getCause(), e);
      }
    }

    /** Ends the request at once: the node sees it break off. */
    void cancel() {
      pipe.cancel();
      thread.interrupt();
    }
  }

  private static final class PipeBody extends RequestBody {
    private static final long PIECE_BYTES = 64 << 10;

    private final Pipe pipe;

    PipeBody(Pipe pipe) {
      this.pipe = pipe;
    }

    @Override
    public MediaType contentType() {
      return ArchiveBody.CAR;
    }

    @Override
    public boolean isOneShot() {
      return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      // In larger pieces than writeAll: each is timed.
      Source from = pipe.source();
      Buffer piece = new Buffer();
      for (long n = from.read(piece, PIECE_BYTES); n >= 0; n = from.read(piece, PIECE_BYTES)) {
        sink.write(piece, n);
      }
    }
  }
}
