package dev.cairn.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.unixfs.AddOptions;
import dev.cairn.io.unixfs.FolderAdd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(ModelLease.class)
class OutputFolderTest {
  @TempDir Path temp;
  private Path input;
  private Path out;
  private Runs runs;

  @BeforeEach
  void write() throws IOException {
    input = Cases.write(temp.resolve("input"), 2);
    out = temp.resolve("deep").resolve("out");
    runs = Runs.of(temp.resolve("home"), input).withOutput(out);
  }

  @Test
  void holdsTheDatasetAsPlainFiles() throws IOException {
    RunReport first = runs.run();
    assertThat(cid(out)).isEqualTo(first.dataset());
    Cases.add(input, 3);
    RunReport second = runs.run();
    assertThat(second.dataset()).isNotEqualTo(first.dataset());
    assertThat(cid(out)).isEqualTo(second.dataset());
    assertThat(beside()).containsExactly(out);
  }

  @Test
  void isWrittenAlsoWhenNothingIsToCompute() throws IOException {
    RunReport report = Runs.of(temp.resolve("home"), input).run();
    assertThat(runs.run().dataset()).isEqualTo(report.dataset());
    assertThat(cid(out)).isEqualTo(report.dataset());
  }

  @Test
  void takesAnEmptyFolder() throws IOException {
    Files.createDirectories(out);
    assertThat(cid(out)).isNotNull();
    assertThat(runs.run().dataset()).isEqualTo(cid(out));
  }

  @Test
  void isRefusedWhereSomethingElseLies() throws IOException {
    Files.createDirectories(out);
    Files.writeString(out.resolve("thesis.txt"), "years of work");
    TestEngine engine = new TestEngine(1);
    assertThatExceptionOfType(RefusedOutputException.class)
        .isThrownBy(() -> runs.run(engine))
        .withMessageStartingWith("Cannot use --output-dir: " + out);
    assertThat(engine.jobs()).isEmpty();
    assertThat(runs.commit()).isNull();
    assertThat(out.resolve("thesis.txt")).hasContent("years of work");
  }

  private List<Path> beside() throws IOException {
    try (Stream<Path> entries = Files.list(temp.resolve("deep"))) {
      return entries.toList();
    }
  }

  private String cid(Path folder) throws IOException {
    Cid cid =
        new FolderAdd(BlockWriter.discarding(), temp, AddOptions.standard()).add(folder).cid();
    return cid.toString();
  }
}
