package dev.cairn.io.store;

import dev.cairn.io.car.CarSection;
import dev.cairn.io.car.CarV2Header;
import dev.cairn.io.cid.MalformedContentException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Walks the sections of a pack from the first on, without header or index, in large reads. Not
 * thread-safe; the file belongs to the caller.
 */
final class PackScanner {
  private static final int WINDOW_BYTES =
      CarSection.MAX_HEAD_BYTES + CarSection.MAX_BYTES + (1 << 20);

  private final DiskFile file;
  private final ByteBuffer window;
  private final BeforeRefill beforeRefill;

  /** File position of the window's first byte. */
  private long windowStart;

  private int dataAt;
  private long sectionStart;

  /** Told when the sections so far are about to leave the buffer. */
  @FunctionalInterface
  interface BeforeRefill {
    void run() throws IOException;
  }

  PackScanner(DiskFile file) throws IOException {
    this(file, () -> {});
  }

  PackScanner(DiskFile file, BeforeRefill beforeRefill) throws IOException {
    this.file = file;
    this.beforeRefill = beforeRefill;
    this.window = ByteBuffer.allocate((int) Math.min(WINDOW_BYTES, file.size())).limit(0);
    this.windowStart = (long) CarV2Header.BYTES + PackFormat.firstSection();
    this.sectionStart = windowStart;
  }

  /**
   * The next section, whose data is then in {@link #bytes} from {@link #dataAt} on; null at the
   * file's end.
   *
   * @throws MalformedContentException if there is no whole section here, and so no way to the next
   */
  @Nullable CarSection next() throws IOException {
    sectionStart = windowStart + window.position();
    require(CarSection.MAX_HEAD_BYTES);
    if (!window.hasRemaining()) {
      return null;
    }
    int start = window.position();
    CarSection section = CarSection.read(window);
    window.position(start);
    require(section.totalBytes());
    if (window.remaining() < section.totalBytes()) {
      throw new MalformedContentException(
          "Cannot read section: cut off at byte " + (windowStart + window.limit()));
    }
    dataAt = window.position() + section.headBytes();
    window.position(window.position() + section.totalBytes());
    return section;
  }

  /** File position of the last section's start, or of what is no section. */
  long sectionStart() {
    return sectionStart;
  }

  /** The last section's start as indexes give it: from the payload's start. */
  long offset() {
    return sectionStart - CarV2Header.BYTES;
  }

  /** File position behind the last section. */
  long sectionEnd() {
    return windowStart + window.position();
  }

  /** The buffer that holds the last sections, until it is filled again. */
  byte[] bytes() {
    return window.array();
  }

  /** Where the last section's data starts in {@link #bytes}. */
  int dataAt() {
    return dataAt;
  }

  /** Sees to it that as many bytes are in the window, unless the file ends before. */
  private void require(int bytes) throws IOException {
    if (window.remaining() >= bytes) {
      return;
    }
    beforeRefill.run();
    windowStart += window.position();
    window.compact();
    file.read(windowStart + window.position(), window);
    window.flip();
  }
}
