package dev.cairn.io.beam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.io.cid.Cid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadLinesExampleTest {
  @TempDir Path temp;

  @Test
  void writesTheLinesThatHoldTheWord() throws IOException {
    Path input = Files.createDirectory(temp.resolve("input"));
    Files.writeString(input.resolve("a.txt"), "the Constitution\nthe weather\n");
    Files.writeString(input.resolve("b.txt"), "a Constitution\n");
    Home home = new Home(temp.resolve("home"));
    Cid root = home.add(input);
    ReadLinesExample.main(
        new String[] {
          "--input=ipfs://" + root + "/*.txt",
          "--word=Constitution",
          "--output=" + temp.resolve("lines"),
          "--cairnHome=" + home.folder()
        });
    assertThat(Files.readAllLines(temp.resolve("lines")))
        .containsExactlyInAnyOrder("the Constitution", "a Constitution");
  }
}
