package dev.cairn.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.pipelines.history.ForgetRun;
import dev.cairn.pipelines.history.History;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Records that were sealed: gone from later runs, from history and, after a gc, from all packs. */
@ExtendWith(ModelLease.class)
class ForgetTest {
  private static final String SEALED = "The minor, whose name is Zyxwvut, is released.";

  @TempDir private Path temp;
  private Path input = Path.of(".");
  private Runs runs = Runs.of(Path.of("."));

  @BeforeEach
  void twoVersions() throws IOException {
    input = Files.createDirectory(temp.resolve("input"));
    runs = Runs.of(temp.resolve("home"), input);
    for (int i = 1; i <= 30; i++) {
      write(i, "Opinion " + i + " cites 3 U.S. 137.");
    }
    write(3, SEALED);
    runs.run();
    write(4, "Changed.");
    runs.run();
  }

  private void write(int id, String text) throws IOException {
    Files.writeString(
        input.resolve(id + ".json"),
        """
        {"id": %1$d, "citations": [{"type": "official", "cite": "%1$d U.S. 137"}],
         "casebody": {"opinions": [{"text": "%2$s"}]}}
        """
            .formatted(id, text));
  }

  private ForgetRun.Result forget(String... ids) throws IOException {
    try (TieredStore store = runs.policy().open()) {
      ForgetRun.Result result = new ForgetRun(store).forget(Set.of(ids), "sealed");
      store.local().gc().run();
      assertThat(store.local().verify().all().isClean()).isTrue();
      return result;
    }
  }

  private String present() throws IOException {
    try (TieredStore store = runs.policy().open()) {
      PresentDataset present = PresentDataset.of(store.local(), Runs.REF);
      return present == null ? "" : present.dataset().toString();
    }
  }

  /** A pack holds blocks as they are, and Parquet's text pages are compressed: all is read. */
  private boolean isAnywhere(String text) throws IOException {
    try (LocalStore store = LocalStore.open(temp.resolve("home"))) {
      for (History.Version version : History.of(store, Runs.REF).versions()) {
        if (!version.dropped()) {
          for (String table : List.of("documents", "chunks", "citations")) {
            String rows =
                TableRows.read(runs.policy(), version.commit().dataset().toString(), table)
                    .toString();
            if (rows.contains(text)) {
              return true;
            }
          }
        }
      }
    }
    try (var files = Files.walk(temp.resolve("home"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        if (!file.toString().contains("forgotten") && bytes.contains(text)) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void leavesHistoryAndLaterRuns() throws IOException {
    assertThat(isAnywhere("Zyxwvut")).isTrue();
    List<List<String>> before = TableRows.read(runs.policy(), present(), "chunks");
    ForgetRun.Result result = forget("cap:3");
    assertThat(result.commits()).hasSize(2);
    assertThat(result.blocks()).isPositive();
    assertThat(isAnywhere("Zyxwvut")).isFalse();
    assertThat(TableRows.read(runs.policy(), present(), "chunks"))
        .as("all other rows are as they were")
        .hasSize(before.size() - 1)
        .extracting(row -> row.get(0))
        .doesNotContain("cap:3");
    assertThat(TableRows.manifest(runs.policy(), present()).total("tokens"))
        .isEqualTo(
            TableRows.columns(runs.policy(), present(), "chunks", List.of("token_count")).stream()
                .mapToLong(row -> Long.parseLong(row.get(0)))
                .sum());
    assertThat(TableRows.read(runs.policy(), present(), "citations"))
        .extracting(row -> row.get(6))
        .containsOnly("null");

    RunReport later = runs.run();
    assertThat(later.embeddedTokens()).as("vectors stayed").isZero();
    assertThat(later.documents()).isEqualTo(29);
    assertThat(isAnywhere("Zyxwvut")).isFalse();
    assertThat(TableRows.manifest(runs.policy(), later.dataset()).totals())
        .containsEntry("forgotten", 1L)
        .doesNotContainKey(EmbedRun.WITHDRAWN);

    Runs fresh = runs.at(temp.resolve("fresh"));
    try (TieredStore store = fresh.policy().open()) {
      store.local().forgotten().add("cap:3", "another reason");
      store.local().forgotten().add("cap:999", "never there");
    }
    assertThat(fresh.run().dataset()).as("a run from scratch").isEqualTo(later.dataset());
    assertThat(runs.run().isUnchanged()).isTrue();
  }

  @Test
  void forgetsARecordThatEndsAShard() throws IOException {
    String boundary =
        TableRows.manifest(runs.policy(), present()).shards().stream()
            .map(shard -> String.valueOf(shard.boundary()))
            .filter(key -> key.startsWith("cap:"))
            .findFirst()
            .orElseThrow();
    int shards = TableRows.manifest(runs.policy(), present()).shards().size();
    forget(boundary, "cap:3");
    var manifest = TableRows.manifest(runs.policy(), present());
    assertThat(manifest.shards()).hasSize(shards - 1);
    assertThat(new String(manifest.toJson(), StandardCharsets.UTF_8))
        .doesNotContain("\"" + boundary + "\"");
    assertThat(manifest.totals()).containsEntry("documents", 28L);
    RunReport later = runs.run();
    assertThat(later.embeddedTokens()).isZero();
    Runs fresh = runs.at(temp.resolve("fresh"));
    try (TieredStore store = fresh.policy().open()) {
      store.local().forgotten().add("cap:3", "");
      store.local().forgotten().add(boundary, "");
    }
    assertThat(fresh.run().dataset()).isEqualTo(later.dataset());
  }

  @Test
  void changesNothingForAnIdThatIsNowhere() throws IOException {
    String before = present();
    assertThat(forget("cap:777").commits()).isEmpty();
    assertThat(present()).isEqualTo(before);
    assertThat(runs.run().isUnchanged()).isTrue();
    try (TieredStore store = runs.policy().open()) {
      assertThat(store.local().forgotten().list())
          .extracting(entry -> Map.of(entry.id(), entry.reason()))
          .containsExactly(Map.of("cap:777", "sealed"));
    }
  }
}
