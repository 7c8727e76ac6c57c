package dev.cairn.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.models.SentenceFolders;
import dev.cairn.models.UnsupportedModelException;
import dev.cairn.pipelines.search.SearchMode;
import dev.cairn.pipelines.search.SearchQuery;
import dev.cairn.pipelines.search.SearchSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs with models that are not builtin. */
class FolderModelTest {
  private static final String BUILTIN = "builtin:all-MiniLM-L6-v2-q";

  @TempDir private Path temp;

  /** The builtin model's files as sentence-transformers lays them out. */
  private Path folder(String prompts) throws IOException {
    Path folder =
        SentenceFolders.write(temp.resolve("model" + prompts.length()), temp.resolve("cache"));
    if (!prompts.isEmpty()) {
      Files.writeString(folder.resolve("config_sentence_transformers.json"), prompts);
    }
    return folder;
  }

  @Test
  void oneModelGivesOneDatasetWhereverItsFilesAre() throws IOException {
    Path input = Cases.write(temp.resolve("input"), 5);
    Runs runs = Runs.of(temp.resolve("home"), input);
    Path folder = folder("");
    RunReport there = runs.withModel(folder.toString()).run();
    String stored;
    try (TieredStore store = runs.policy().open()) {
      stored = new Models(store).find(folder.toString()).ref().toString();
    }
    assertThat(stored).startsWith("ipfs://");
    Files.delete(folder.resolve("onnx/model.onnx"));
    RunReport again = runs.withModel(stored).run();
    assertThat(again.commit()).as("up to date").isEqualTo(there.commit());
    RunReport builtin = runs.at(temp.resolve("other")).withModel(BUILTIN).run();
    assertThat(builtin.dataset()).isEqualTo(there.dataset());
    assertThatExceptionOfType(UnsupportedModelException.class)
        .isThrownBy(() -> runs.withModel(folder.toString()).run())
        .withMessageContaining("model.onnx");
  }

  @Test
  void promptsArePartOfTheModel() throws IOException {
    Path input = Cases.write(temp.resolve("input"), 5);
    Runs runs = Runs.of(temp.resolve("home"), input);
    RunReport plain = runs.withModel(BUILTIN).run();
    Path folder = folder("{\"prompts\": {\"document\": \"case: \", \"query\": \"question: \"}}");
    RunReport prompted = runs.withModel(folder.toString()).run();
    assertThat(prompted.embeddedChunks()).isEqualTo(plain.embeddedChunks());
    assertThat(prompted.dataset()).isNotEqualTo(plain.dataset());
    try (TieredStore store = runs.policy().open()) {
      Cid dataset = Cid.parse(String.valueOf(prompted.dataset()));
      assertThat(Manifests.read(store, dataset).model())
          .containsEntry("prefix", "case: ")
          .containsEntry("query_prefix", "question: ");
      assertThat(new SampleCheck(store, dataset).compare(5).maxAbsDifference()).isZero();
      try (SearchSession session = SearchSession.open(store, dataset, null, false)) {
        assertThat(
                session.search(
                    new SearchQuery("right to be heard", 3, null, true, SearchMode.VECTOR)))
            .hasSize(3);
      }
    }
    assertThat(runs.withModel(folder.toString()).run().commit()).isEqualTo(prompted.commit());
  }
}
