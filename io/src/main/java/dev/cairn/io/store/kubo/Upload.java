package dev.cairn.io.store.kubo;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.Waits;
import dev.cairn.io.car.CarWriter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.BufferedSink;
import okio.ForwardingSink;
import okio.Okio;
import okio.Pipe;
import okio.Sink;
import okio.Source;
import org.jspecify.annotations.Nullable;

/** An archive on its way to a node: the request, on a thread of its own, and the pipe into it. */
final class Upload {
  private static final long PIPE_BYTES = 8 << 20;

  private final Pipe pipe = new Pipe(PIPE_BYTES);
  private final AtomicLong pending = new AtomicLong();
  private final FutureTask<ImportStats> answer;
  private final Thread thread;
  private @Nullable CarWriter car;

  Upload(KuboClient client) {
    this.answer =
        new FutureTask<>(
            () -> {
              try {
                return client.dagImport(new PipeBody(pipe, pending), false);
              } finally {
                // Whoever writes is told at once.
                pipe.cancel();
              }
            });
    this.thread = new Thread(answer, "cairn-kubo-put");
    thread.setDaemon(true);
    thread.start();
  }

  /** Bytes that were written and not yet sent. */
  long pending() {
    return pending.get();
  }

  /** Throws why the request ended, if it did so too early. */
  void check() throws IOException {
    if (answer.isDone()) {
      await();
    }
  }

  void write(Block block) throws IOException {
    try {
      CarWriter to = car;
      if (to == null) {
        Sink counted = new CountedSink(pipe.sink(), pending);
        to = new CarWriter(Okio.buffer(counted).outputStream(), List.of());
        car = to;
      }
      to.write(block);
    } catch (IOException e) {
      throw reason(e);
    }
  }

  /** Ends the archive; the node may still be at work. */
  void finish() throws IOException {
    try {
      if (car != null) {
        car.close();
      }
    } catch (IOException e) {
      throw reason(e);
    }
  }

  /** Why the pipe broke, which the request knows, if it was not this thread that was stopped. */
  private IOException reason(IOException e) throws IOException {
    if (e instanceof InterruptedIOException) {
      return e;
    }
    await();
    return e;
  }

  /** What the node took. */
  ImportStats await() throws IOException {
    return Waits.await(answer, "writing blocks");
  }

  /** Ends the request at once: the node sees it break off. */
  void cancel() {
    pipe.cancel();
    thread.interrupt();
  }

  private static final class CountedSink extends ForwardingSink {
    private final AtomicLong pending;

    CountedSink(Sink to, AtomicLong pending) {
      super(to);
      this.pending = pending;
    }

    @Override
    public void write(Buffer source, long count) throws IOException {
      pending.addAndGet(count);
      super.write(source, count);
    }
  }

  private static final class PipeBody extends RequestBody {
    private static final long PIECE_BYTES = 64 << 10;

    private final Pipe pipe;
    private final AtomicLong pending;

    PipeBody(Pipe pipe, AtomicLong pending) {
      this.pipe = pipe;
      this.pending = pending;
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
        pending.addAndGet(-n);
      }
    }
  }
}
