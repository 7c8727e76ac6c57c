package dev.cairn.transforms.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Where the machine keeps temporary files: folders too large for memory are sorted there. */
public final class SystemTemp {
  public static final Path FOLDER = Path.of(System.getProperty("java.io.tmpdir"));

  private SystemTemp() {}

  /** True for a temporary file or folder that nobody can be at work with any more: a day old. */
  public static boolean isLeftBehind(Path temp) throws IOException {
    Instant old = Instant.now().minus(Duration.ofDays(1));
    return Files.getLastModifiedTime(temp).toInstant().isBefore(old);
  }
}
