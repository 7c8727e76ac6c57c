package dev.cairn.io.fuzz;

import com.sun.management.ThreadMXBean;
import dev.cairn.io.block.IntegrityException;
import dev.cairn.io.cid.MalformedContentException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/**
 * Holds a parser to what it promises for any input: it gives a value or one of our own refusals,
 * and takes no more memory than a constant and a multiple of the input. Any other exception is let
 * through: it is a finding.
 *
 * @param fixedBytes memory that a parse may take whatever the input, its refusal among it
 * @param bytesPerByte memory that it may take besides for each byte of input
 */
public record Hostile(long fixedBytes, long bytesPerByte) {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Reads something, the same whenever it is called. */
  public interface Parser<T> {
    @Nullable T parse() throws IOException;
  }

  /** What the parser gives, or null if it refuses. */
  public <T> @Nullable T parse(byte[] input, Parser<T> parser) throws IOException {
    long limit = fixedBytes + bytesPerByte * input.length;
    long before = THREADS.getCurrentThreadAllocatedBytes();
    T value = valueOrNull(parser);
    if (THREADS.getCurrentThreadAllocatedBytes() - before > limit) {
      // The first time may have loaded classes.
      checkAgain(limit, parser);
    }
    return value;
  }

  private static void checkAgain(long limit, Parser<?> parser) throws IOException {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    Object unused = valueOrNull(parser);
    long taken = THREADS.getCurrentThreadAllocatedBytes() - before;
    if (taken > limit) {
      throw new AssertionError("A parse took " + taken + " bytes of memory, at most " + limit);
    }
  }

  private static <T> @Nullable T valueOrNull(Parser<T> parser) throws IOException {
    try {
      return parser.parse();
    } catch (MalformedContentException | IntegrityException e) {
      if (e.getMessage() == null || !e.getMessage().startsWith("Cannot ")) {
        throw new AssertionError("A refusal that does not say what cannot be done", e);
      }
      return null;
    }
  }
}
