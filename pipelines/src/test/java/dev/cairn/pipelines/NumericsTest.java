package dev.cairn.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cairn.io.block.IntegrityException;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Manifest;
import dev.cairn.io.store.tier.TieredStore;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A ref whose dataset another kind of machine made, as its manifest says. */
@ExtendWith(ModelLease.class)
class NumericsTest {
  private static final String FOREIGN = "f".repeat(64);

  @TempDir Path temp;

  @Test
  void vectorsOfAnotherKindOfMachineAreKeptOnlyOnRequest() throws IOException {
    Path input = Cases.write(temp.resolve("input"), 9);
    Runs runs = Runs.of(temp.resolve("home"), input);
    RunReport own = runs.run();
    comeFromElsewhere(runs, String.valueOf(own.dataset()));
    Cases.add(input, 10);
    assertThatExceptionOfType(NumericsChangedException.class)
        .isThrownBy(runs::run)
        .withMessageContaining(FOREIGN)
        .withMessageContaining("--numerics reuse");

    Runs reusing = runs.withNumerics(Numerics.REUSE);
    RunReport mixed = reusing.run();
    assertThat(mixed.embeddedChunks()).isEqualTo(1);
    assertThat(manifest(runs, mixed).numerics()).hasSize(2).contains(FOREIGN);
    assertThat(reusing.run().commit()).isEqualTo(mixed.commit());
    Cases.add(input, 11);
    RunReport next = reusing.run();
    assertThat(next.embeddedChunks()).isEqualTo(1);
    assertThat(next.shards().reused()).isPositive();
    assertThatExceptionOfType(NumericsChangedException.class)
        .isThrownBy(() -> Runs.of(temp.resolve("home"), Cases.write(input, 12)).run());

    RunReport again = runs.withNumerics(Numerics.RECOMPUTE).run();
    assertThat(manifest(runs, again).numerics()).hasSize(1).doesNotContain(FOREIGN);
    RunReport fresh = runs.at(temp.resolve("fresh")).run();
    assertThat(again.dataset()).isEqualTo(fresh.dataset());
  }

  @Test
  void vectorsThatTheModelDoesNotGiveAreNotKept() throws IOException {
    Path input = Cases.write(temp.resolve("input"), 3);
    Runs runs = Runs.of(temp.resolve("home"), input);
    Cid dataset = Cid.parse(String.valueOf(runs.run().dataset()));
    Cid tampered;
    try (TieredStore store = runs.policy().open()) {
      tampered = Altered.vector(store.local(), dataset, temp);
    }
    comeFromElsewhere(runs, tampered.toString());
    Cases.add(input, 4);
    assertThatExceptionOfType(IntegrityException.class)
        .isThrownBy(() -> runs.withNumerics(Numerics.REUSE).run())
        .withMessageContaining("the ref's dataset");
  }

  /** Moves the ref to the dataset as if it had come from another machine, without its actions. */
  private void comeFromElsewhere(Runs runs, String dataset) throws IOException {
    Cid altered;
    try (TieredStore store = runs.policy().open()) {
      Cid cid = Cid.parse(dataset);
      String numerics = Manifests.read(store, cid).numerics().get(0);
      altered =
          Altered.manifest(
              store.local(),
              cid,
              temp,
              json ->
                  json.replace(numerics, FOREIGN)
                      .replaceAll("(\"key\" ?: ?\")[0-9a-f]{8}", "$100000000"));
    }
    try (DirectoryStream<Path> actions =
        Files.newDirectoryStream(temp.resolve("home/actions"), "shard-*")) {
      for (Path action : actions) {
        Files.delete(action);
      }
    }
    runs.moveTo(altered.toString());
  }

  private static Manifest manifest(Runs runs, RunReport report) throws IOException {
    try (TieredStore store = runs.policy().open()) {
      return Manifests.read(store, Cid.parse(String.valueOf(report.dataset())));
    }
  }
}
