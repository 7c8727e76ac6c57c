package dev.cairn.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Manifest;
import dev.cairn.io.dataset.TargetNotFoundException;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.io.unixfs.AddOptions;
import dev.cairn.io.unixfs.FolderAdd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a run reads, and what of it may fail. */
@ExtendWith(ModelLease.class)
class EmbedInputTest {
  @TempDir Path temp;
  private Path input;
  private Runs runs;

  @BeforeEach
  void write() throws IOException {
    input = Cases.write(temp.resolve("input"), 4);
    runs = Runs.of(temp.resolve("home"), input);
  }

  @Test
  void readsAStoredInputLikeALocalOne() throws IOException {
    RunReport local = Runs.of(temp.resolve("other"), input).run();
    Cid cid = store(input);
    assertThat(runs.withInputs(cid.toString()).run().dataset()).isEqualTo(local.dataset());
    TestEngine idle = new TestEngine(1);
    assertThat(runs.withInputs("ipfs://" + cid).run(idle).dataset()).isEqualTo(local.dataset());
    assertThat(idle.jobs()).isEmpty();
  }

  @Test
  void takesSeveralInputsAsEntriesInAnyOrder() throws IOException {
    Path more = Files.createDirectory(temp.resolve("more"));
    Cases.add(more, 5);
    Path single = temp.resolve("single.json");
    Cases.add(temp, 6, "single.json", "One more.");
    RunReport report = Runs.of(temp.resolve("home"), input, more, single).run();
    assertThat(report.documents()).isEqualTo(6);
    RunReport turned = Runs.of(temp.resolve("other"), single, more, input).run();
    assertThat(turned.dataset()).isEqualTo(report.dataset());
    Path whole = Files.createDirectory(temp.resolve("whole"));
    Files.move(input, whole.resolve("input"));
    Files.move(more, whole.resolve("more"));
    Files.move(single, whole.resolve("single.json"));
    assertThat(Runs.of(temp.resolve("third"), whole).run().dataset()).isEqualTo(report.dataset());
  }

  @Test
  void takesAStoredInputBesideALocalOne() throws IOException {
    Path more = Files.createDirectory(temp.resolve("more"));
    Cases.add(more, 5);
    Cid stored = store(more);
    RunReport report = runs.withInputs(input.toString(), stored.toString()).run();
    assertThat(report.documents()).isEqualTo(5);
  }

  @Test
  void refusesInputsOfOneName() throws IOException {
    Path other = Cases.write(temp.resolve("deep").resolve("input"), 1);
    Runs both = Runs.of(temp.resolve("home"), input, other);
    assertThatExceptionOfType(AmbiguousInputException.class)
        .isThrownBy(both::run)
        .withMessageContaining("input");
  }

  @Test
  void refusesAnInputThatIsNowhere() {
    for (String nowhere : new String[] {"no-such-ref", temp + "/none", absentCid()}) {
      assertThatExceptionOfType(TargetNotFoundException.class)
          .isThrownBy(() -> runs.withInputs(nowhere).run());
    }
  }

  @Test
  void countsCopiesAndRefusesOtherContentUnderOneId() throws IOException {
    Files.copy(input.resolve("1.json"), input.resolve("1-copy.json"));
    Cases.add(input, 2, "2-other.json", "Another text.");
    RunReport report = runs.withMaxFailed("1").run();
    assertThat(report.documents()).isEqualTo(4);
    assertThat(report.duplicates()).isEqualTo(1);
    assertThat(report.deadLetters()).isEqualTo(1);
    assertThat(manifest(report).deadLetters()).isEqualTo(Map.of("duplicate_id", 1L));
    assertThat(manifest(report).files()).containsOnlyKeys("errors");
  }

  @Test
  void failsWhenTooMuchFailed() throws IOException {
    Files.writeString(input.resolve("broken.json"), "{\"id\": 9, ");
    assertThatExceptionOfType(InputFailedException.class)
        .isThrownBy(runs::run)
        .withMessageContaining("1 of 5 records failed")
        .withMessageContaining("--max-failed 5%");
    assertThat(runs.commit()).isNull();
    RunReport report = runs.withMaxFailed("20%").run();
    assertThat(report.deadLetters()).isEqualTo(1);
    assertThat(report.documents()).isEqualTo(4);
  }

  @Test
  void failsWhenTooMuchFailedInShards() throws IOException {
    // Text to a reader, but the model's tokenizer has no token for it.
    Cases.add(input, 5, "5.json", "\\ue000");
    assertThatExceptionOfType(InputFailedException.class).isThrownBy(runs::run);
    assertThat(runs.commit()).isNull();
    RunReport report = runs.withMaxFailed("1").run();
    assertThat(report.documents()).isEqualTo(4);
    assertThat(manifest(report).deadLetters()).isEqualTo(Map.of("no_tokens", 1L));
  }

  @Test
  void failsWhenNothingIsToRead() throws IOException {
    Path empty = Files.createDirectory(temp.resolve("empty"));
    assertThatExceptionOfType(InputFailedException.class)
        .isThrownBy(() -> runs.withInputs(empty.toString()).run())
        .withMessageContaining("no document");
    assertThat(runs.commit()).isNull();
  }

  private static String absentCid() {
    return Cid.hashOf(dev.cairn.io.cid.Codec.RAW, new byte[] {1, 2, 3}).toString();
  }

  private Cid store(Path folder) throws IOException {
    try (TieredStore store = runs.policy().open();
        BlockWriter writer = store.local().newWriter()) {
      Cid cid = new FolderAdd(writer, temp, AddOptions.standard()).add(folder).cid();
      writer.seal();
      return cid;
    }
  }

  private Manifest manifest(RunReport report) throws IOException {
    try (TieredStore store = runs.policy().open()) {
      return Manifests.read(store, Cid.parse(String.valueOf(report.dataset())));
    }
  }
}
