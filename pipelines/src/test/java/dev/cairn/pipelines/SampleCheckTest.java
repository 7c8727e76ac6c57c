package dev.cairn.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.tier.TieredStore;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(ModelLease.class)
class SampleCheckTest {
  @TempDir static Path temp;
  private static Runs runs;
  private static Cid dataset;

  @BeforeAll
  static void embed() throws IOException {
    runs = Runs.of(temp.resolve("home"), Cases.write(temp.resolve("input"), 6));
    dataset = Cid.parse(String.valueOf(runs.run().dataset()));
  }

  @Test
  void findsTheVectorsThatTheModelGives() throws IOException {
    try (TieredStore store = runs.policy().open()) {
      SampleCheck check = new SampleCheck(store, dataset);
      SampleCheck.Result some = check.compare(2);
      assertThat(some.sampled()).isEqualTo(2);
      assertThat(some.isWithinTolerance()).isTrue();
      SampleCheck.Result all = check.compare(1000);
      assertThat(all.sampled()).isEqualTo(6);
      assertThat(all.isWithinTolerance()).isTrue();
    }
  }

  @Test
  void findsAVectorThatIsNotTheModels() throws IOException {
    try (TieredStore store = runs.policy().open()) {
      SampleCheck.Result result =
          new SampleCheck(store, Altered.vector(store.local(), dataset, temp)).compare(1000);
      assertThat(result.isWithinTolerance()).isFalse();
      assertThat(result.maxAbsDifference()).isBetween(0.0009, 0.0011);
    }
  }
}
