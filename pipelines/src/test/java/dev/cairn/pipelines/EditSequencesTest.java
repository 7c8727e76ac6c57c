package dev.cairn.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random inputs that are edited at random, each with a run that goes on from the one before: its
 * dataset is that of a run from scratch. {@code -Dcairn.edit.sequences=200} makes it a proof.
 */
@ExtendWith(ModelLease.class)
class EditSequencesTest {
  private static final int SEQUENCES = Integer.getInteger("cairn.edit.sequences", 4);
  private static final int SEED = Integer.getInteger("cairn.edit.seed", 1);
  private static final int EDITS = 4;
  private static final int FIRST_FILES = 14;
  private static final List<String> WORDS =
      List.of("writ", "court", "holds", "void.", "issue", "must", "law", "5 U.S. 137", "appeal.");

  @TempDir private Path temp;

  @Test
  void everyRunEqualsOneFromScratch() throws IOException {
    for (int i = 0; i < SEQUENCES; i++) {
      Path folder = temp.resolve("s" + i);
      new Sequence(folder, new Random(1000L * SEED + i)).play("seed " + SEED + "/" + i);
      OutputFolder.delete(folder);
    }
  }

  /** One input and its files by name. */
  private static final class Sequence {
    private final Path folder;
    private final Random random;
    private final TreeMap<String, byte[]> files = new TreeMap<>();
    private int names;

    Sequence(Path folder, Random random) {
      this.folder = folder;
      this.random = random;
    }

    void play(String name) throws IOException {
      Path input = Files.createDirectories(folder.resolve("input"));
      for (int i = 0; i < FIRST_FILES; i++) {
        add();
      }
      Runs runs = Runs.of(folder.resolve("home"), input).withMaxFailed("99%");
      for (int edit = 0; edit <= EDITS; edit++) {
        write(input);
        Runs now = random.nextInt(5) == 0 ? runs.withShardRecords(2) : runs;
        RunReport report = now.run();
        Runs fresh = now.at(folder.resolve("fresh" + edit));
        RunReport scratch = fresh.run();
        assertThat(report.dataset()).as("%s, edit %s", name, edit).isEqualTo(scratch.dataset());
        assertThat(report.embeddedTokens())
            .as("%s, edit %s", name, edit)
            .isLessThanOrEqualTo(scratch.embeddedTokens());
        for (int k = random.nextInt(4); k >= 0; k--) {
          edit();
        }
      }
    }

    private void write(Path input) throws IOException {
      try (var old = Files.newDirectoryStream(input)) {
        for (Path file : old) {
          if (!files.containsKey(String.valueOf(file.getFileName()))) {
            Files.delete(file);
          }
        }
      }
      for (var file : files.entrySet()) {
        Path path = input.resolve(file.getKey());
        if (!Files.exists(path) || !Arrays.equals(Files.readAllBytes(path), file.getValue())) {
          Files.write(path, file.getValue());
        }
      }
    }

    private void edit() throws IOException {
      List<String> all = new ArrayList<>(files.keySet());
      String some = all.get(random.nextInt(all.size()));
      switch (random.nextInt(7)) {
        case 0 -> add();
        case 1 -> files.remove(all.size() > 3 ? some : "none");
        case 2 ->
            files.put("moved" + names++ + some.substring(some.indexOf('.')), files.remove(some));
        case 3 -> files.put(some, new byte[] {'{', '"'}); // fails, until it is changed again
        case 4 -> files.put("copy" + names++ + some.substring(some.indexOf('.')), files.get(some));
        default -> files.put(some, content(some));
      }
    }

    private void add() throws IOException {
      String name =
          names++ + List.of(".json", ".json", ".jsonl", ".jsonl.gz").get(random.nextInt(4));
      files.put(name, content(name));
    }

    private byte[] content(String name) throws IOException {
      StringBuilder lines = new StringBuilder();
      for (int i = name.endsWith(".json") ? 0 : random.nextInt(4); i >= 0; i--) {
        lines.append(record()).append('\n');
      }
      byte[] plain = lines.toString().getBytes(StandardCharsets.UTF_8);
      if (!name.endsWith(".gz")) {
        return plain;
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (OutputStream out = new GZIPOutputStream(bytes)) {
        out.write(plain);
      }
      return bytes.toByteArray();
    }

    private String record() {
      int id = random.nextInt(60);
      return switch (random.nextInt(4)) {
        case 0 ->
            """
            {"id": %d, "cluster_id": %d, "type": "020lead", "plain_text": "%s"}\
            """
                .formatted(id, id / 3, text());
        case 1 ->
            """
            {"id": %d, "case_name": "Doe v. %s", "docket_id": %d}\
            """
                .formatted(id / 3, WORDS.get(id % 5), id % 4);
        case 2 ->
            id % 2 == 0
                ? """
                {"id": %d, "docket_number": "No. %d", "court_id": "ca9"}\
                """
                    .formatted(id % 4, random.nextInt(3))
                : "{\"id\": " + id; // cannot be read
        default ->
            """
            {"id": %d, "citations": [{"type": "official", "cite": "%d U.S. 137"}],
             "casebody": {"opinions": [{"text": "%s"}]}}\
            """
                .formatted(id, id % 7, text())
                .replace("\n", "");
      };
    }

    private String text() {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(40); i >= 0; i--) {
        text.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
      }
      return text.toString().strip();
    }
  }
}
