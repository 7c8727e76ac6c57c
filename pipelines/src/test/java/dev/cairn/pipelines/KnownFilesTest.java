package dev.cairn.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.io.block.Block;
import dev.cairn.io.unixfs.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownFilesTest {
  private static final InstantSource LATER =
      InstantSource.offset(InstantSource.system(), Duration.ofSeconds(5));

  @TempDir private Path temp;
  private Path file = Path.of(".");
  private int reads;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(temp.resolve("a.txt"), "one");
  }

  /** One run: what the file is. */
  private Written run(InstantSource clock) throws IOException {
    KnownFiles known = KnownFiles.of(temp.resolve("cache"), temp, clock);
    Written written =
        known.of(
            file,
            () -> {
              reads++;
              byte[] bytes = Files.readAllBytes(file);
              return new Written(Block.raw(bytes).cid(), bytes.length, bytes.length);
            });
    known.keep();
    return written;
  }

  @Test
  void readsAFileOnce() throws IOException {
    Written first = run(LATER);
    assertThat(run(LATER)).isEqualTo(first);
    assertThat(reads).isEqualTo(1);
  }

  @Test
  void readsAFileAgainWhoseTimeAndSizeWereKept() throws IOException {
    Written first = run(LATER);
    FileTime modified = Files.getLastModifiedTime(file);
    Files.writeString(file, "two");
    Files.setLastModifiedTime(file, modified);
    assertThat(run(LATER)).isNotEqualTo(first);
    assertThat(reads).isEqualTo(2);
  }

  @Test
  void readsAFileAgainThatAnotherWasMovedOver() throws IOException {
    Path other = Files.writeString(temp.resolve("b.txt"), "two");
    Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
    Written first = run(LATER);
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    assertThat(run(LATER)).isNotEqualTo(first);
  }

  @Test
  void findsATouchedFileTheSame() throws IOException {
    Written first = run(LATER);
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    assertThat(run(LATER)).isEqualTo(first);
    assertThat(reads).isEqualTo(2);
    run(LATER);
    assertThat(reads).isEqualTo(2);
  }

  @Test
  void trustsNoHashTakenWithinTwoSecondsOfAChange() throws IOException {
    Instant changed = ((FileTime) Files.getAttribute(file, "unix:ctime")).toInstant();
    run(InstantSource.fixed(changed.plusMillis(1999)));
    run(InstantSource.fixed(changed.plusMillis(2001)));
    assertThat(reads).isEqualTo(2);
    run(InstantSource.fixed(changed.plusMillis(2001)));
    assertThat(reads).isEqualTo(2);
  }

  @Test
  void trustsNoHashOfAClockThatWasSetBack() throws IOException {
    InstantSource back = InstantSource.offset(InstantSource.system(), Duration.ofDays(-1));
    run(back);
    run(back);
    assertThat(reads).isEqualTo(2);
  }

  @Test
  void startsAnewWhereItsMemoryIsDamaged() throws IOException {
    Written first = run(LATER);
    Path memory;
    try (var files = Files.list(temp.resolve("cache/files"))) {
      memory = files.findFirst().orElseThrow();
    }
    byte[] whole = Files.readAllBytes(memory);
    for (int i = 0; i < whole.length; i++) {
      byte[] damaged = whole.clone();
      damaged[i] ^= 1;
      Files.write(memory, damaged);
      assertThat(run(LATER)).as("byte %s", i).isEqualTo(first);
    }
    assertThat(reads).isEqualTo(1 + whole.length);
  }

  @Test
  void forgetsWhatIsGone() throws IOException {
    run(LATER);
    KnownFiles.of(temp.resolve("cache"), temp, LATER).keep();
    run(LATER);
    assertThat(reads).isEqualTo(2);
  }
}
