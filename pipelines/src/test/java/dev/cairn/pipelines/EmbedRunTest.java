package dev.cairn.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.cairn.io.car.CarExport;
import dev.cairn.io.car.CarImport;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.LocalWriter;
import dev.cairn.io.store.tier.TieredStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A dataset is a value: what a run gives, and what it need not compute. */
@ExtendWith(ModelLease.class)
class EmbedRunTest {
  private static final int CASES = 12;

  @TempDir Path temp;
  private Path input;
  private Runs runs;

  @BeforeEach
  void write() throws IOException {
    input = Cases.write(temp.resolve("input"), CASES);
    runs = Runs.of(temp.resolve("home"), input);
  }

  @Test
  void givesTheSameDatasetAtAnyParallelism() throws IOException {
    RunReport one = runs.run(new TestEngine(1));
    RunReport two = Runs.of(temp.resolve("other"), input).run(new TestEngine(2));
    assertThat(two.dataset()).isNotNull().isEqualTo(one.dataset());
    assertThat(one.documents()).isEqualTo(CASES);
    assertThat(one.chunks()).isEqualTo(CASES).isEqualTo(one.embeddedChunks());
    assertThat(one.tokens()).isPositive().isEqualTo(one.embeddedTokens());
    assertThat(one.shards().total()).isGreaterThan(1).isEqualTo(one.shards().computed());
    assertThat(one.shards().reused()).isZero();
    assertThat(one.parent()).isNull();
    assertThat(one.commit()).isEqualTo(String.valueOf(runs.commit()));
  }

  @Test
  void hasNothingToDoTheSecondTime() throws IOException {
    RunReport first = runs.run();
    TestEngine idle = new TestEngine(2);
    RunReport second = runs.run(idle);
    assertThat(idle.jobs()).isEmpty();
    assertThat(second.dataset()).isEqualTo(first.dataset());
    assertThat(second.commit()).isEqualTo(first.commit());
    assertThat(second.shards().computed()).isZero();
    assertThat(second.embeddedTokens()).isZero();
    assertThat(second.tokens()).isEqualTo(first.tokens());
  }

  @Test
  void computesOnlyWhatChanged() throws IOException {
    RunReport before = runs.run();
    Cases.add(input, CASES + 1);
    RunReport after = runs.run();
    assertThat(after.shards().computed()).isPositive().isLessThan(after.shards().total());
    assertThat(after.embeddedChunks()).isLessThan(after.chunks());
    assertThat(after.parent()).isEqualTo(before.commit());
    RunReport fromScratch = Runs.of(temp.resolve("other"), input).run();
    assertThat(after.dataset()).isEqualTo(fromScratch.dataset());
  }

  @Test
  void goesOnFromTheShardsOfAKilledRun() throws IOException {
    TestEngine direct = new TestEngine(2);
    Engine killed =
        job -> {
          var metrics = direct.run(job);
          if (job.name().startsWith("cairn-embed")) {
            throw new IOException("killed");
          }
          return metrics;
        };
    assertThatIOException().isThrownBy(() -> runs.run(killed)).withMessage("killed");
    assertThat(runs.commit()).isNull();
    TestEngine idle = new TestEngine(2);
    RunReport report = runs.run(idle);
    assertThat(idle.jobs()).isEmpty();
    assertThat(report.shards().computed()).isZero();
    assertThat(report.shards().reused()).isEqualTo(report.shards().total());
    assertThat(report.chunks()).isEqualTo(CASES);
    assertThat(report.dataset()).isEqualTo(Runs.of(temp.resolve("other"), input).run().dataset());
  }

  @Test
  void submitsAgainWhatALostJobHasNotFinished() throws IOException {
    RunReport whole = Runs.of(temp.resolve("other"), input).withShardRecords(1).run();
    TestEngine direct = new TestEngine(2);
    List<Integer> widths = new ArrayList<>();
    Engine losing =
        job -> {
          widths.add(job.width());
          if (!job.name().startsWith("cairn-embed") || widths.size() > 3) {
            return direct.run(job);
          }
          if (widths.size() == 3) {
            // Another launcher of this run finished it meanwhile.
            runs.withShardRecords(1).run();
          }
          throw new JobLostException(job.name());
        };
    RunReport report = runs.withShardRecords(1).run(losing);
    assertThat(report.dataset()).isEqualTo(whole.dataset());
    assertThat(widths).hasSize(3);
    assertThat(direct.jobs()).singleElement().asString().startsWith("cairn-plan-");
  }

  @Test
  void givesUpAJobThatIsLostWithoutAnyProgress() {
    TestEngine direct = new TestEngine(2);
    List<String> tried = new ArrayList<>();
    Engine losing =
        job -> {
          if (job.name().startsWith("cairn-plan")) {
            return direct.run(job);
          }
          tried.add(job.name());
          throw new JobLostException(job.name());
        };
    assertThatIOException()
        .isThrownBy(() -> runs.run(losing))
        .withMessageContaining("cairn-embed-caselaw-");
    assertThat(tried).hasSize(3);
    assertThat(new HashSet<>(tried)).hasSize(1);
  }

  @Test
  void readsLocalInputsFromTheStoreWhereWorkersDoNotSeeThem() throws IOException {
    RunReport seen = runs.run();
    Runs blind = Runs.of(temp.resolve("other"), input);
    TestEngine direct = new TestEngine(2);
    Engine elsewhere =
        job -> {
          Path away = input.resolveSibling("away");
          Files.move(input, away);
          try {
            return direct.run(job);
          } finally {
            Files.move(away, input);
          }
        };
    assertThat(blind.withInputIntoStore().run(elsewhere).dataset()).isEqualTo(seen.dataset());
  }

  @Test
  void commitsNothingOnADryRun() throws IOException {
    TestEngine engine = new TestEngine(2);
    RunReport report = runs.withDryRun().run(engine);
    assertThat(engine.jobs()).singleElement().asString().startsWith("cairn-plan-caselaw-");
    assertThat(report.dataset()).isNull();
    assertThat(report.commit()).isNull();
    assertThat(report.documents()).isEqualTo(CASES);
    assertThat(report.shards().computed()).isEqualTo(report.shards().total());
    assertThat(runs.commit()).isNull();
    RunReport real = runs.run();
    assertThat(real.shards().total()).isEqualTo(report.shards().total());
  }

  @Test
  void reusesTheShardsOfAnImportedDataset() throws IOException {
    RunReport origin = runs.run();
    Runs abroad = Runs.of(temp.resolve("other"), input);
    carry(runs, abroad, Cid.parse(String.valueOf(origin.dataset())));
    abroad.moveTo(String.valueOf(origin.dataset()));
    // Metadata changes the input, so that the run must plan, but no document.
    Files.writeString(input.resolve("CasesMetadata.json"), "[]");
    TestEngine engine = new TestEngine(2);
    RunReport report = abroad.run(engine);
    assertThat(engine.jobs()).singleElement().asString().startsWith("cairn-plan-caselaw-");
    assertThat(report.shards().reused()).isEqualTo(report.shards().total());
    assertThat(report.tokens()).isEqualTo(origin.tokens());
    assertThat(report.chunks()).isEqualTo(origin.chunks());
    assertThat(report.dataset()).isNotEqualTo(origin.dataset()).isEqualTo(runs.run().dataset());
  }

  @Test
  void computesAgainWhatOtherSettingsCut() throws IOException {
    RunReport four = runs.run();
    RunReport all = runs.withShardRecords(1000).run();
    assertThat(all.shards().total()).isEqualTo(1);
    assertThat(all.dataset()).isNotEqualTo(four.dataset());
    assertThat(all.chunks()).isEqualTo(four.chunks());
    assertThat(all.parent()).isEqualTo(four.commit());
  }

  private static void carry(Runs from, Runs to, Cid dataset) throws IOException {
    ByteArrayOutputStream car = new ByteArrayOutputStream();
    try (TieredStore store = from.policy().open()) {
      CarExport.v1(store, dataset, car);
    }
    try (TieredStore store = to.policy().open();
        LocalWriter writer = store.local().newWriter()) {
      CarImport.readWhole(
          new ByteArrayInputStream(car.toByteArray()), "test", writer, writer.pending());
      writer.seal();
    }
  }
}
