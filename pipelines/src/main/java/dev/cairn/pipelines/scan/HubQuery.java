package dev.cairn.pipelines.scan;

import dev.cairn.transforms.hub.HubKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which repositories are scanned.
 *
 * @param kinds models, datasets or both
 * @param author only this owner's, or null
 * @param search only those whose names have this text, or null
 * @param tags only those that have all of these
 * @param since only those that were changed at or after this time, or null
 */
public record HubQuery(
    List<HubKind> kinds,
    @Nullable String author,
    @Nullable String search,
    List<String> tags,
    @Nullable Instant since) {

  /** What is asked for of each kind: all that has columns, and what is small. */
  private static final Map<HubKind, List<String>> FIELDS =
      Map.of(
          HubKind.MODEL,
          List.of(
              "author",
              "cardData",
              "createdAt",
              "disabled",
              "downloads",
              "downloadsAllTime",
              "gated",
              "lastModified",
              "library_name",
              "likes",
              "pipeline_tag",
              "private",
              "safetensors",
              "sha",
              "tags",
              "trendingScore"),
          HubKind.DATASET,
          List.of(
              "author",
              "cardData",
              "createdAt",
              "description",
              "disabled",
              "downloads",
              "downloadsAllTime",
              "gated",
              "lastModified",
              "likes",
              "private",
              "sha",
              "tags",
              "trendingScore"));

  public HubQuery {
    kinds = List.copyOf(new TreeSet<>(kinds));
    tags = List.copyOf(new TreeSet<>(tags));
    if (kinds.isEmpty()) {
      throw new IllegalArgumentException("Cannot scan: nothing (--models, --datasets or both)");
    }
  }

  /**
   * The parameters of the first page. In the order of creation, or of the last change, pages do not
   * shift while they are read: what is new comes before the first.
   */
  List<Map.Entry<String, String>> parameters(HubKind kind, long records) {
    List<Map.Entry<String, String>> parameters = new ArrayList<>();
    parameters.add(Map.entry("limit", String.valueOf(records)));
    parameters.add(Map.entry("sort", since == null ? "createdAt" : "lastModified"));
    parameters.add(Map.entry("direction", "-1"));
    if (author != null) {
      parameters.add(Map.entry("author", author));
    }
    if (search != null) {
      parameters.add(Map.entry("search", search));
    }
    tags.forEach(tag -> parameters.add(Map.entry("filter", tag)));
    FIELDS
        .getOrDefault(kind, List.of())
        .forEach(field -> parameters.add(Map.entry("expand", field)));
    return parameters;
  }

  /** What was asked for, as a dataset's settings tell it. */
  SortedMap<String, Object> settings() {
    SortedMap<String, Object> settings = new TreeMap<>();
    settings.put("kinds", kinds.stream().map(HubKind::toString).toList());
    settings.put("tags", tags);
    putPresent(settings, "author", author);
    putPresent(settings, "search", search);
    putPresent(settings, "since", since == null ? null : since.toString());
    return settings;
  }

  private static void putPresent(
      SortedMap<String, Object> settings, String name, @Nullable Object value) {
    if (value != null) {
      settings.put(name, value);
    }
  }
}
