package dev.cairn.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cairn.io.car.CarExport;
import dev.cairn.io.car.CarImport;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.TargetNotFoundException;
import dev.cairn.io.store.LocalWriter;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.io.unixfs.AddOptions;
import dev.cairn.io.unixfs.FolderAdd;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.transforms.caselaw.CaselawSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What has not changed is not embedded again, and the dataset is that of a run from scratch. */
@ExtendWith(ModelLease.class)
class IncrementalRunTest {
  private static final int CASES = 12;

  @TempDir private Path temp;
  private Path input = Path.of(".");
  private Runs runs = Runs.of(Path.of("."));

  @BeforeEach
  void write() throws IOException {
    input = Files.createDirectory(temp.resolve("input"));
    runs = Runs.of(temp.resolve("home"), input);
    for (int i = 1; i <= CASES; i++) {
      write(i, "Opinion number " + i + ". " + "The writ must issue. ".repeat(20 + i));
    }
  }

  private void write(int id, String text) throws IOException {
    Files.writeString(
        input.resolve(id + ".json"),
        """
        {"id": %d, "casebody": {"opinions": [{"text": "%s"}]}}
        """
            .formatted(id, text));
  }

  private RunReport fresh() throws IOException {
    return runs.at(Files.createTempDirectory(temp, "fresh")).withInputs(input.toString()).run();
  }

  @Test
  void embedsOnlyTheTextsThatChanged() throws IOException {
    RunReport first = runs.run();
    assertThat(first.embeddedTokens()).isEqualTo(first.tokens());
    write(5, "Opinion number 5. " + "The writ must issue. ".repeat(25) + "So ordered.");
    RunReport second = runs.run();
    assertThat(second.dataset()).isEqualTo(fresh().dataset());
    assertThat(second.embeddedChunks()).isBetween(1L, 2L);
    assertThat(second.shards().computed()).isEqualTo(1);
  }

  @Test
  void embedsNothingForAMovedFileOrOtherShards() throws IOException {
    RunReport first = runs.run();
    Files.move(input.resolve("3.json"), input.resolve("moved.json"));
    RunReport moved = runs.run();
    assertThat(moved.embeddedChunks()).isZero();
    assertThat(moved.shards().computed()).isEqualTo(1);
    assertThat(moved.dataset()).isEqualTo(fresh().dataset()).isNotEqualTo(first.dataset());
    runs = runs.withShardRecords(2);
    RunReport cut = runs.run();
    assertThat(cut.embeddedChunks()).isZero();
    assertThat(cut.shards().total()).isGreaterThan(moved.shards().total());
    assertThat(cut.dataset()).isEqualTo(fresh().dataset());
  }

  @Test
  void keepsWhatThePlanFoundInFilesThatAreAsTheyWere() throws IOException {
    runs.run();
    write(5, "Another text.");
    Path other = input.resolve("6.json");
    Files.writeString(other, Files.readString(other) + "\n{\"broken\": ");
    RunReport second = runs.withMaxFailed("2").run();
    assertThat(second.deadLetters()).isEqualTo(1);
    write(7, "A third text.");
    RunReport third = runs.withMaxFailed("2").run();
    assertThat(third.deadLetters()).isEqualTo(1);
    Runs fresh = Runs.of(temp.resolve("fresh"), input).withMaxFailed("2");
    assertThat(third.dataset()).isEqualTo(fresh.run().dataset());
  }

  @Test
  void readsOnlyWhatChangedOfAnInputInTheStore() throws IOException {
    Path sub = Files.createDirectory(input.resolve("sub"));
    Files.move(input.resolve("8.json"), sub.resolve("8.json"));
    Cid first = add();
    runs = runs.withInputs("ipfs://" + first);
    runs.run();
    write(5, "Another text.");
    Cid second = add();
    try (TieredStore store = runs.policy().open()) {
      List<String> listed = new ArrayList<>();
      PlannedBatches planned =
          PlannedBatches.of(store.local(), Runs.REF, ListingWriter.kind(new CaselawSource()));
      assertThat(planned.root()).isEqualTo(first);
      RecordingStore recording = new RecordingStore(store);
      StoredFiles.of(recording, store.local(), planned)
          .list(second, "", file -> listed.add(file.path()));
      UnixFs files = new UnixFs(store);
      assertThat(recording.read()).contains(second, files.resolve(second, "5.json"));
      assertThat(recording.read())
          .doesNotContain(files.resolve(second, "sub"), files.resolve(second, "6.json"));
      assertThat(listed).hasSize(CASES).contains("sub/8.json", "5.json");
    }
    RunReport grown = runs.withInputs("ipfs://" + second).run();
    assertThat(grown.embeddedChunks()).isEqualTo(1);
    assertThat(grown.dataset()).isEqualTo(fresh().dataset());
  }

  private Cid add() throws IOException {
    try (TieredStore store = runs.policy().open();
        LocalWriter writer = store.local().newWriter()) {
      Cid root = new FolderAdd(writer, temp, AddOptions.standard()).add(input).cid();
      writer.seal();
      return root;
    }
  }

  @Test
  void movesNoRefIfACheckDoesNotHold() throws IOException {
    runs.withChecks(new OutputChecks(CASES, null, true)).run();
    Cid commit = runs.commit();
    write(1, "Changed.");
    write(2, "Changed too.");
    for (OutputChecks checks :
        List.of(
            new OutputChecks(CASES + 1, null, false),
            new OutputChecks(0, Allowance.parse("--max-change", "1"), false),
            new OutputChecks(0, Allowance.parse("--max-change", "16%"), false))) {
      assertThatExceptionOfType(InputFailedException.class)
          .isThrownBy(runs.withChecks(checks)::run)
          .withMessageContaining("Cannot move ref caselaw");
      assertThat(runs.commit()).isEqualTo(commit);
    }
    RunReport passed =
        runs.withChecks(new OutputChecks(1, Allowance.parse("--max-change", "17%"), true)).run();
    assertThat(passed.shards().computed()).as("what was computed before the check").isZero();
    assertThat(runs.commit()).isNotEqualTo(commit);
  }

  @Test
  void computesNothingForASettingThatIsChangedBack() throws IOException {
    RunReport first = runs.run();
    runs.withShardRecords(2).run();
    RunReport back = runs.run();
    assertThat(back.dataset()).isEqualTo(first.dataset());
    assertThat(back.shards().computed()).isZero();
  }

  private static void load(Runs into, byte[] car) throws IOException {
    try (TieredStore store = into.policy().open();
        LocalWriter writer = store.local().newWriter()) {
      CarImport.read(new ByteArrayInputStream(car), "car", writer);
      writer.seal();
    }
  }

  @Test
  void takesTheVectorsOfADatasetFromElsewhereByTheirTexts() throws IOException {
    RunReport theirs = runs.run();
    ByteArrayOutputStream car = new ByteArrayOutputStream();
    try (TieredStore store = runs.policy().open()) {
      CarExport.v1(store, Cid.parse(String.valueOf(theirs.dataset())), car);
    }
    Path home = temp.resolve("other");
    Runs others = Runs.of(home, input).withReuse("ipfs://" + theirs.dataset());
    assertThatExceptionOfType(TargetNotFoundException.class).isThrownBy(others::run);
    load(others, car.toByteArray());
    RunReport ours = others.run();
    assertThat(ours.embeddedTokens()).isZero();
    assertThat(ours.dataset()).isEqualTo(theirs.dataset());
    String text = Files.readString(input.resolve("7.json"));
    Files.writeString(input.resolve("7.json"), text.replace("\"id\": 7", "\"id\": 700"));
    Runs renamed =
        Runs.of(temp.resolve("third"), input).withReuse(String.valueOf(theirs.dataset()));
    load(renamed, car.toByteArray());
    assertThat(renamed.run().embeddedTokens()).as("another id, the same text").isZero();
  }

  @Test
  void aModelThatIsChangedBackComputesNothing() throws IOException {
    Path input = Cases.write(temp.resolve("changing"), 9);
    Runs runs = Runs.of(temp.resolve("changing-home"), input);
    RunReport first = runs.run();
    RunReport other = runs.withModel("builtin:all-MiniLM-L6-v2-q").run();
    assertThat(other.embeddedChunks()).isEqualTo(first.embeddedChunks());
    assertThat(other.dataset()).isNotEqualTo(first.dataset());
    RunReport back = runs.run();
    assertThat(back.dataset()).isEqualTo(first.dataset());
    assertThat(back.embeddedChunks()).isZero();
    assertThat(back.shards().computed()).isZero();
    assertThat(back.parent()).isEqualTo(other.commit());
  }
}
