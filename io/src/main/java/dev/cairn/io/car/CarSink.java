package dev.cairn.io.car;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A file that is written by position: a CARv2's header is known only when its payload is. */
@FunctionalInterface
public interface CarSink {
  /** Writes all that remains in {@code bytes} from {@code position} on. */
  void write(long position, ByteBuffer bytes) throws IOException;
}
