package dev.cairn.io.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small measurement has every figure and leaves nothing. */
class StoreBenchmarkTest {
  private static final StoreLoad SMALL = new StoreLoad((3 << 20) + 1, 250, 2);

  @TempDir Path temp;

  @Test
  void measuresEveryActAndLeavesNothing() throws IOException {
    StoreFigures figures = StoreBenchmark.run(temp, SMALL, null);
    assertThat(
            List.of(
                figures.add(),
                figures.get(),
                figures.cat(),
                figures.verify(),
                figures.hash(),
                figures.durableCopy(),
                figures.plainCopy(),
                figures.smallAdd(),
                figures.smallGet(),
                figures.addRatio(),
                figures.getRatio(),
                figures.catRatio(),
                figures.verifyRatio()))
        .allSatisfy(figure -> assertThat(figure).isPositive().isFinite());
    assertThat(figures.ipfs()).isNull();
    assertThat(temp).isEmptyDirectory();
  }

  @Test
  void leavesNothingWhenIpfsFails() throws IOException {
    Path broken = script("echo no repo today >&2; exit 7");
    assertThatThrownBy(() -> StoreBenchmark.run(temp.resolve("dir"), SMALL, broken))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "Cannot run ipfs: init --empty-repo --profile=test (exit code 7: no repo today)");
    assertThat(temp.resolve("dir")).isEmptyDirectory();
  }

  @Test
  void refusesAnIpfsThatNamesTheFilesOtherwise() throws IOException {
    Path other = script("echo bafkqaaa");
    assertThatThrownBy(() -> StoreBenchmark.run(temp.resolve("dir"), SMALL, other))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("Cannot compare with ipfs: its CID bafkqaaa (");
    assertThat(temp.resolve("dir")).isEmptyDirectory();
  }

  @Test
  void refusesALoadOfNothing() {
    assertThatThrownBy(() -> new StoreLoad(1, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot run benchmark: 1 bytes, 0 files, 1 rounds (at least one of each)");
  }

  private Path script(String line) throws IOException {
    Files.createDirectory(temp.resolve("dir"));
    Path script = Files.writeString(temp.resolve("ipfs"), "#!/bin/sh\n" + line + "\n");
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }
}
