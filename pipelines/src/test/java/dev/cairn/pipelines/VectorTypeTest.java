package dev.cairn.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.transforms.embed.VectorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Vectors in 16 bits are a matter of room: the same model, the same rules of what is taken. */
@ExtendWith(ModelLease.class)
class VectorTypeTest {
  @TempDir private Path temp;
  private Runs full = Runs.of(Path.of("."));
  private Runs half = full;

  @BeforeEach
  void write() throws IOException {
    full = Runs.of(temp.resolve("home"), Cases.write(temp.resolve("input"), 6));
    half = full.withVectors(VectorType.F16);
  }

  private static RunReport fresh(Runs runs, Path home) throws IOException {
    return runs.at(Files.createTempDirectory(home, "fresh")).run();
  }

  @Test
  void roundsWhatIsThereAndEmbedsWhatWasRounded() throws IOException {
    RunReport first = full.run();
    RunReport rounded = half.run();
    assertThat(rounded.embeddedChunks()).isZero();
    assertThat(rounded.dataset())
        .isEqualTo(fresh(half, temp).dataset())
        .isNotEqualTo(first.dataset());
    assertThat(half.run().commit()).isEqualTo(rounded.commit());
    RunReport again = full.withShardRecords(2).run();
    assertThat(again.embeddedChunks()).isEqualTo(again.chunks());
    assertThat(again.dataset()).isEqualTo(fresh(full.withShardRecords(2), temp).dataset());
  }

  @Test
  void agreesToRounding() throws IOException {
    Cid dataset = Cid.parse(String.valueOf(half.run().dataset()));
    try (TieredStore store = half.policy().open()) {
      SampleCheck.Result all = new SampleCheck(store, dataset).compare(1000);
      assertThat(all.maxAbsDifference()).isBetween(1e-5, all.tolerance());
      assertThat(all.tolerance()).isLessThan(3e-4);
    }
  }
}
