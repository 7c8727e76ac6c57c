package dev.cairn.transforms.caselaw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.transforms.record.RawRecord;
import dev.cairn.transforms.record.RecordJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The samples say themselves which citations occur in their texts. */
class SampleCitationsTest {
  private static final String BROKEN = "0738-01.json";

  @Test
  void findsWhatTheSamplesSayThatTheyCite() throws Exception {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(Path.of("..", "data", "samples", "caselaw"))) {
      all.filter(f -> f.toString().contains("/cases/") && !f.endsWith(BROKEN)).forEach(files::add);
    }
    int citing = 0;
    for (Path file : files) {
      RawRecord record = new RawRecord.Json("", RecordJson.parse(Files.readAllBytes(file)));
      CaseDocument doc = CaseRecords.read(record).alone();
      TreeSet<String> found = new TreeSet<>();
      for (Opinion opinion : doc.getOpinions()) {
        CitationFinder.standard().find(opinion.getText()).forEach(c -> found.add(c.cite()));
      }
      TreeSet<String> told = new TreeSet<>();
      doc.getCitesTo().forEach(c -> told.add(String.valueOf(c.getCite())));
      assertThat(found).as(file.toString()).isEqualTo(told);
      citing += told.isEmpty() ? 0 : 1;
    }
    assertThat(citing).isPositive();
  }
}
