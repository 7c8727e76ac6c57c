package dev.cairn.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.kubo.RealKubo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Records that were sealed, after their datasets had reached a real node. */
class KuboForgetIT {
  @RegisterExtension static final RealKubo KUBO = new RealKubo();

  private static final int CASES = 4;
  private static final String SEALED = "Zyxwvut";

  @TempDir private Path temp;
  private Path home = Path.of(".");
  private Path input = Path.of(".");
  private final Set<Cid> blocks = new HashSet<>();
  private final List<String> datasets = new ArrayList<>();

  /** The second version has another text beside the sealed one. */
  @BeforeEach
  void twoVersions() throws IOException {
    home = temp.resolve("home");
    input = SmallInput.write(temp.resolve("input"), CASES);
    write(2, "The minor, whose name is " + SEALED + ", is released.");
    embed();
    write(4, "Changed.");
    embed();
    assertThat(datasets).doesNotHaveDuplicates();
  }

  private void write(int id, String text) throws IOException {
    Files.writeString(
        input.resolve(id + ".json"),
        """
        {"id": %d, "casebody": {"opinions": [{"text": "%s"}]}}
        """
            .formatted(id, text));
  }

  private JsonNode embed() throws IOException {
    JsonNode report = run(home, 0, "embed", "caselaw", "--json", "--input", input).object();
    assertThat(report.path("delivery").asText()).isEqualTo("delivered");
    datasets.add(report.path("dataset").asText());
    blocks.addAll(blocksOf(report.path("dataset").asText()));
    return report;
  }

  private static Cli.Outcome run(Path home, int code, Object... words) throws IOException {
    List<Object> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--store", "auto", "--kubo-api", KUBO.api()));
    Cli.Outcome outcome = new Cli(home).run(all.toArray());
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(code);
    return outcome;
  }

  private String present() throws IOException {
    JsonNode newest = run(home, 0, "log", "--json", "caselaw").objects().get(0);
    return newest.path("dataset").asText();
  }

  /** All blocks of a dataset, as the node tells. */
  private static Set<Cid> blocksOf(String dataset) throws IOException {
    Set<Cid> all = new HashSet<>();
    all.add(Cid.parse(dataset));
    for (String line : KUBO.ipfs("refs", "-r", "--unique", dataset).lines().toList()) {
      all.add(Cid.parse(line));
    }
    return all;
  }

  /** The files of a dataset that hold its texts, compressed. */
  private static List<Cid> texts(String dataset) throws IOException {
    List<Cid> files = new ArrayList<>();
    for (String table : List.of("documents", "chunks")) {
      String listed = KUBO.ipfs("ls", "--size=false", "/ipfs/" + dataset + "/data/" + table);
      for (String line : listed.lines().toList()) {
        files.add(Cid.parse(line.substring(0, line.indexOf(' '))));
      }
    }
    return files;
  }

  @Test
  void whatIsForgottenIsInNoBlockHereOrAtTheNode() throws IOException {
    Set<Cid> texts = new HashSet<>();
    for (String dataset : datasets) {
      texts.addAll(texts(dataset));
    }
    JsonNode forgotten =
        run(home, 0, "forget", "--json", "cap:2", "--reason", "sealed by order").object();
    assertThat(forgotten.path("commits")).hasSize(2);
    run(home, 0, "gc");
    String present = present();
    assertThat(datasets).doesNotContain(present);
    Set<Cid> gone = new HashSet<>(blocks);
    gone.removeAll(blocksOf(present));
    assertThat(gone).containsAll(texts);
    assertThat(forgotten.path("removed_at_node").asInt()).isEqualTo(gone.size());
    isNowhere(gone);

    String pins = KUBO.ipfs("pin", "ls", "--names", "--type=recursive");
    assertThat(pins).contains(present + " recursive cairn:caselaw").doesNotContain(datasets);
    assertThat(KUBO.ipfs("dag", "stat", "--progress=false", present)).contains(present);
    JsonNode shown = run(temp.resolve("reader"), 0, "show", "--json", present).object();
    assertThat(shown.path("documents").asInt()).isEqualTo(CASES - 1);
    assertThat(shown.path("tables").path("chunks").path("first").toString())
        .contains("cap:1", "case 1.", "cap:3", "case 3.", "cap:4", "Changed.")
        .doesNotContain(SEALED);

    JsonNode later = embed();
    assertThat(later.path("documents").asInt()).isEqualTo(CASES - 1);
    assertThat(later.path("embedded_chunks").asInt()).as("vectors stayed").isZero();
    isNowhere(gone);
  }

  @Test
  void whatANodeMissedIsForgottenThereTheNextTime() throws IOException {
    KUBO.kill();
    run(home, 6, "forget", "cap:2", "--reason", "sealed");
    KUBO.restart();
    run(home, 0, "forget", "cap:2", "--reason", "sealed");
    run(home, 0, "sync");
    run(home, 0, "gc");
    assertThat(datasets).doesNotContain(present());
    Set<Cid> gone = new HashSet<>(blocks);
    gone.removeAll(blocksOf(present()));
    isNowhere(gone);
  }

  @Test
  void whatWasPrunedBeforeLeavesTheNodeToo() throws IOException {
    run(home, 0, "prune", "caselaw", "--keep-last", 1);
    run(home, 0, "gc");
    run(home, 0, "forget", "cap:2", "--reason", "sealed");
    run(home, 0, "gc");
    Set<Cid> gone = new HashSet<>(blocks);
    gone.removeAll(blocksOf(present()));
    isNowhere(gone);
  }

  /** A node that ends while blocks are taken away, once the versions were let go. */
  @Test
  void aCallThatWasStoppedIsFinishedByTheNext() throws IOException {
    try (LocalStore store = LocalStore.open(home)) {
      for (String dataset : datasets) {
        store.dropped().add(Cid.parse(dataset));
        store.pins().remove(Cid.parse(dataset));
        KUBO.ipfs("pin", "rm", dataset);
      }
    }
    run(home, 0, "forget", "cap:2", "--reason", "sealed");
    run(home, 0, "gc");
    Set<Cid> gone = new HashSet<>(blocks);
    gone.removeAll(blocksOf(present()));
    isNowhere(gone);
  }

  /** Parquet is compressed, so blocks are told by their CIDs; all else is read. */
  private void isNowhere(Set<Cid> gone) throws IOException {
    try (LocalStore store = LocalStore.open(home)) {
      for (Cid block : gone) {
        assertThat(store.has(block)).as("%s here", block).isFalse();
        assertThatIOException()
            .as("%s at the node", block)
            .isThrownBy(() -> KUBO.ipfs("block", "stat", "--offline", block.toString()));
      }
    }
    for (Path folder : List.of(home, KUBO.repo().resolve("blocks"))) {
      try (var files = Files.walk(folder)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
          assertThat(bytes.contains(SEALED)).as("%s", file).isFalse();
        }
      }
    }
  }
}
