package dev.cairn.transforms.caselaw;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.transforms.record.Fields;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * Precision and recall of {@link CitationFinder} on opinions of CourtListener whose citations were
 * labelled by reading ({@code citation-labels.tsv}): a main, because the opinions are no part of
 * the project. Its argument is their file, JSON lines in gzip.
 */
final class CitationScore {
  private CitationScore() {}

  public static void main(String[] args) throws Exception {
    Map<String, Map<String, List<String>>> years = new HashMap<>();
    Map<String, List<String>> labels = labels(years);
    Map<String, String> texts = new HashMap<>();
    JsonMapper json = JsonMapper.builder().build();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(Path.of(args[0]))),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode opinion = json.readTree(line);
        String number = opinion.path("resource_uri").asText().replaceAll(".*/(\\d+)/$", "$1");
        if (labels.containsKey(number)) {
          texts.put(number, String.valueOf(OpinionText.of(Fields.of((ObjectNode) opinion))));
        }
      }
    }
    int right = 0;
    int found = 0;
    int wanted = 0;
    int wrongYears = 0;
    for (Map.Entry<String, List<String>> opinion : labels.entrySet()) {
      List<String> expected = new ArrayList<>(opinion.getValue());
      List<String> extra = new ArrayList<>();
      Map<String, List<String>> expectedYears = Objects.requireNonNull(years.get(opinion.getKey()));
      String text = texts.getOrDefault(opinion.getKey(), "");
      List<FoundCitation> citations = CitationFinder.standard().find(text);
      for (FoundCitation each : citations) {
        if (!expected.remove(each.cite())) {
          extra.add(each.cite());
        } else if (!Objects.requireNonNull(expectedYears.get(each.cite()))
            .remove(each.year() == null ? "" : each.year().toString())) {
          wrongYears++;
        }
      }
      int hits = citations.size() - extra.size();
      right += hits;
      found += citations.size();
      wanted += opinion.getValue().size();
      System.out.printf(
          "%s: %d labelled, %d found, %d right; missed %s; extra %s%n",
          opinion.getKey(), opinion.getValue().size(), citations.size(), hits, expected, extra);
    }
    System.out.printf(
        "precision %.4f, recall %.4f of %d labels; %d years wrong or missing%n",
        right / (double) found, right / (double) wanted, wanted, wrongYears);
  }

  private static Map<String, List<String>> labels(Map<String, Map<String, List<String>>> years)
      throws Exception {
    Map<String, List<String>> labels = new TreeMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    CitationScore.class.getResourceAsStream("citation-labels.tsv")),
                StandardCharsets.UTF_8))) {
      lines.readLine();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] label = line.split("\t", -1);
        String cite = label[2] + " " + label[3] + " " + label[4];
        String normal = CitationFinder.standard().normalized(cite, null);
        String known = normal == null ? cite : normal;
        labels.computeIfAbsent(label[0], any -> new ArrayList<>()).add(known);
        years
            .computeIfAbsent(label[0], any -> new HashMap<>())
            .computeIfAbsent(known, any -> new ArrayList<>())
            .add(label[5]);
      }
    }
    return labels;
  }
}
