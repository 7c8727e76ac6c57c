package dev.cairn.models.embed;

import ai.djl.engine.Engine;
import dev.cairn.io.block.Waits;
import dev.cairn.models.OfflineDjl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Starts ONNX Runtime, which happens once in a JVM.
 *
 * <p>When ONNX Runtime 1.29 starts on Linux it matches a regular expression against the command
 * line of the process, on the calling thread's stack: some 240 bytes of stack for each byte of the
 * longest word (measured). A class path or a query of 4,000 bytes is more than the usual stack of 1
 * MiB holds, and the JVM is gone without a word. So it is started on a thread whose stack suffices.
 */
final class OnnxEngine {
  static final String NAME = "OnnxRuntime";

  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
  private static final long USUAL_STACK_BYTES = 4 << 20;
  private static final long STACK_BYTES_PER_BYTE = 512;

  private OnnxEngine() {}

  /** Starts it, if that was not done. Safe for use by several threads. */
  static void start() throws IOException {
    OfflineDjl.prefer();
    FutureTask<Engine> engine = new FutureTask<>(() -> Engine.getEngine(NAME));
    new Thread(null, engine, "cairn-onnx", stackBytes()).start();
    try {
      engine.get();
    } catch (InterruptedException e) {
      throw Waits.interrupted("starting " + NAME, e);
    } catch (ExecutionException e) {
      throw new InferenceException("Cannot start engine: " + NAME, e);
    }
  }

  /** Only what is used of a stack takes memory. */
  private static long stackBytes() throws IOException {
    long words = Files.isReadable(COMMAND_LINE) ? Files.readAllBytes(COMMAND_LINE).length : 0;
    return USUAL_STACK_BYTES + words * STACK_BYTES_PER_BYTE;
  }
}
