package dev.cairn.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cairn.io.store.ParentMovedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two runs of one ref: a whole second run ends while the first one works. */
@ExtendWith(ModelLease.class)
class EmbedRaceTest {
  @TempDir Path temp;

  @Test
  void losesToAnotherDataset() throws IOException {
    Runs mine = Runs.of(temp.resolve("home"), Cases.write(temp.resolve("mine"), 3));
    Runs theirs = Runs.of(temp.resolve("home"), Cases.write(temp.resolve("theirs"), 2));
    List<RunReport> won = new ArrayList<>();
    assertThatExceptionOfType(ParentMovedException.class)
        .isThrownBy(() -> mine.run(overtakenBy(theirs, won)));
    assertThat(won).hasSize(1);
    assertThat(String.valueOf(mine.commit())).isEqualTo(won.get(0).commit());
    // What the loser computed is kept: it wins without computing anything.
    RunReport again = mine.run();
    assertThat(again.shards().computed()).isZero();
    assertThat(again.parent()).isEqualTo(won.get(0).commit());
  }

  @Test
  void losesToAnEqualDatasetWithSuccess() throws IOException {
    Runs runs = Runs.of(temp.resolve("home"), Cases.write(temp.resolve("input"), 3));
    List<RunReport> won = new ArrayList<>();
    RunReport lost = runs.run(overtakenBy(runs, won));
    assertThat(won).hasSize(1);
    assertThat(lost.dataset()).isEqualTo(won.get(0).dataset());
    assertThat(lost.commit()).isEqualTo(won.get(0).commit());
    assertThat(String.valueOf(runs.commit())).isEqualTo(won.get(0).commit());
  }

  @Test
  void losesAgainstAMovedParent() throws IOException {
    Path input = Cases.write(temp.resolve("input"), 2);
    Runs runs = Runs.of(temp.resolve("home"), input);
    RunReport first = runs.run();
    Cases.add(input, 3);
    TestEngine direct = new TestEngine(2);
    Engine moving =
        job -> {
          var metrics = direct.run(job);
          if (job.name().startsWith("cairn-embed")) {
            runs.moveTo(String.valueOf(first.dataset()));
          }
          return metrics;
        };
    assertThatExceptionOfType(ParentMovedException.class).isThrownBy(() -> runs.run(moving));
    assertThat(String.valueOf(runs.commit())).isNotEqualTo(first.commit());
  }

  private static Engine overtakenBy(Runs other, List<RunReport> reports) {
    TestEngine direct = new TestEngine(2);
    return job -> {
      if (job.name().startsWith("cairn-embed")) {
        reports.add(other.run());
      }
      return direct.run(job);
    };
  }
}
