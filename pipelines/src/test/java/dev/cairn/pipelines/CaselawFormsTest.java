package dev.cairn.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.io.store.tier.TieredStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Case law of several forms in one run: parts joined, citations resolved, packed files kept. */
@ExtendWith(ModelLease.class)
class CaselawFormsTest {
  private static final List<String> CASE =
      List.of("id", "name_abbreviation", "docket_number", "court", "nature_of_suit");
  private static final String COURT = "Court of Appeals for the \"Ninth\" Circuit";

  @TempDir private Path temp;
  private Path input = Path.of(".");
  private Runs runs = Runs.of(Path.of("."));

  @BeforeEach
  void write() throws IOException {
    input = Files.createDirectory(temp.resolve("input"));
    runs = Runs.of(temp.resolve("home"), input);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(input.resolve("5.zip")))) {
      zip.putNextEntry(new ZipEntry("json/0137-01.json"));
      zip.write(
          cap(1, "5 U.S. 137", "Void. See 6 U.S. 1 (1804).").getBytes(StandardCharsets.UTF_8));
    }
    Files.writeString(input.resolve("two.json"), cap(2, "6 U.S. 1", "Cites 5 U. S. 137 (1803)."));
    Files.writeString(
        input.resolve("opinions.jsonl"),
        """
        {"id": 12, "cluster_id": 9, "type": "040dissent", "plain_text": "No. 5 U.S. 137."}
        {"id": 11, "cluster_id": 9, "type": "020lead", "plain_text": "Yes. 9 F.3d 9."}
        {"id": 11, "cluster_id": 9, "type": "020lead", "plain_text": "Yes. 9 F.3d 9."}
        """);
    try (OutputStream packed =
        new GZIPOutputStream(Files.newOutputStream(input.resolve("opinion-clusters.csv.gz")))) {
      packed.write(
          """
          id,date_created,date_modified,case_name,docket_id,date_filed
          9,x,y,Doe v. Roe,3,1990-01-02
          8,x,y,Nobody v. Nothing,4,1990-01-03
          """
              .getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String cap(long id, String cite, String text) {
    return """
    {"id": %d, "citations": [{"type": "official", "cite": "%s"}],
     "casebody": {"opinions": [{"text": "%s"}]}}
    """
        .formatted(id, cite, text);
  }

  private List<List<String>> rows(RunReport report, String table) throws IOException {
    return TableRows.read(runs.policy(), report.dataset(), table);
  }

  @Test
  void joinsPartsAndResolvesCitationsInsideTheDataset() throws IOException {
    RunReport report = runs.run();
    assertThat(report.documents()).isEqualTo(3);
    assertThat(report.duplicates()).isEqualTo(1);
    assertThat(report.deadLetters()).isZero();
    assertThat(rows(report, "documents"))
        .extracting(row -> row.get(0))
        .containsExactly("cl:9", "cap:1", "cap:2");
    assertThat(rows(report, "citations"))
        .extracting(row -> row.get(0) + " " + row.get(1) + " " + row.get(6))
        .containsExactly(
            "cl:9 9 F.3d 9 null",
            "cl:9 5 U.S. 137 cap:1",
            "cap:1 6 U.S. 1 cap:2",
            "cap:2 5 U.S. 137 cap:1");
  }

  @Test
  void resolvesAnewWhatAnotherDocumentChanges() throws IOException {
    runs.run();
    Files.writeString(input.resolve("three.json"), cap(3, "9 F.3d 9", "A later case."));
    RunReport grown = runs.run();
    assertThat(rows(grown, "citations"))
        .extracting(row -> row.get(1) + " " + row.get(6))
        .contains("9 F.3d 9 cap:3");
    Runs fresh = Runs.of(temp.resolve("other"), input);
    assertThat(fresh.run().dataset()).isEqualTo(grown.dataset());
    Files.writeString(input.resolve("four.json"), cap(4, "9 F.3d 9", "On the same page."));
    assertThat(rows(runs.run(), "citations"))
        .extracting(row -> row.get(1) + " " + row.get(6))
        .contains("9 F.3d 9 null");
  }

  /** One court and docket of two cases, one more that no case has. */
  private void writeDocketsAndCourts() throws IOException {
    Files.writeString(
        input.resolve("dockets-2024-03-11.csv"),
        """
        id,date_created,date_modified,case_name,court_id,docket_number,nature_of_suit
        3,x,y,"Doe \\"D.\\" v. Roe",ca9,22-1,Torts
        5,x,y,Nobody,ca1,22-2,
        """);
    Files.writeString(
        input.resolve("courts-2024-03-11.csv"),
        """
        id,date_modified,citation_string,short_name,full_name
        ca9,y,9th Cir.,Ninth Circuit,"Court of Appeals for the \\"Ninth\\" Circuit"
        """);
    Files.writeString(
        input.resolve("another.jsonl"),
        """
        {"id": 7, "case_name": "In re Doe", "docket_id": 3, "date_filed": "1991-02-03"}
        {"id": 21, "cluster_id": 7, "type": "020lead", "plain_text": "Again yes."}
        """);
  }

  @Test
  void joinsTheDocketAndItsCourt() throws IOException {
    runs.run();
    writeDocketsAndCourts();
    RunReport report = runs.run();
    assertThat(report.documents()).isEqualTo(4);
    assertThat(report.deadLetters()).isZero();
    assertThat(TableRows.columns(runs.policy(), report.dataset(), "documents", CASE))
        .contains(
            List.of("cl:7", "In re Doe", "22-1", COURT, "Torts"),
            List.of("cl:9", "Doe v. Roe", "22-1", COURT, "Torts"));
    Runs fresh = Runs.of(temp.resolve("other"), input);
    assertThat(fresh.run().dataset()).isEqualTo(report.dataset());
    Files.delete(input.resolve("courts-2024-03-11.csv"));
    assertThat(
            TableRows.columns(runs.policy(), runs.run().dataset(), "documents", CASE).get(0).get(3))
        .isEqualTo("ca9");
  }

  @Test
  void tellsOfRecordsThatNoDocumentRefersTo() throws IOException {
    writeDocketsAndCourts();
    Notes notes = new Notes();
    runs.run(new TestEngine(1), notes);
    assertThat(notes.all()).anyMatch(note -> note.startsWith("2 records describe documents"));
  }

  @Test
  void findsWhatWasUnpackedAgainAfterACollection() throws IOException {
    RunReport report = runs.run();
    try (TieredStore store = runs.policy().open()) {
      store.local().gc().run();
    }
    TestEngine engine = new TestEngine(1);
    RunReport other = runs.withShardRecords(8).run(engine);
    assertThat(other.documents()).isEqualTo(report.documents());
    assertThat(engine.jobs()).as("planned before").noneMatch(job -> job.contains("plan"));
  }
}
