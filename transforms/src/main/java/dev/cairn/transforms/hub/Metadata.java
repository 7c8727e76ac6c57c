package dev.cairn.transforms.hub;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.transforms.record.RecordJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes what a card's metadata say over into a record, where that does not know better. */
final class Metadata {
  private static final String OTHER = "other";

  private Metadata() {}

  static void add(ObjectNode metadata, HubRecord.Builder into) {
    HubRecord known = into.build();
    CardData data = new CardData(metadata);
    into.setMetadata(metadata.isEmpty() ? null : RecordJson.canonical(metadata))
        .setPrettyName(data.first("pretty_name", "model_name"))
        .setTask(or(known.getTask(), data.first("pipeline_tag", "task_categories")))
        .setLibrary(or(known.getLibrary(), data.first("library_name")))
        .setLicense(or(license(data), known.getLicense()))
        .setLanguages(or(data.texts("language"), known.getLanguages()))
        .setBaseModels(or(data.texts("base_model"), known.getBaseModels()))
        .setDatasets(or(data.texts("datasets"), known.getDatasets()))
        .setTags(or(known.getTags(), data.texts("tags")));
  }

  private static @Nullable String license(CardData data) {
    String license = data.first("license", "licenses");
    String name = data.first("license_name");
    return OTHER.equals(license) && name != null ? name : license;
  }

  private static @Nullable String or(@Nullable String first, @Nullable String second) {
    return first == null ? second : first;
  }

  private static List<String> or(List<String> first, List<String> second) {
    return first.isEmpty() ? second : first;
  }
}
