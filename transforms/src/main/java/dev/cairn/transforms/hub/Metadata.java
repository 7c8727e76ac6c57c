package dev.cairn.transforms.hub;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.transforms.record.RecordJson;
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
        .setTask(Known.first(known.getTask(), data.first("pipeline_tag", "task_categories")))
        .setLibrary(Known.first(known.getLibrary(), data.first("library_name")))
        .setLicense(Known.first(license(data), known.getLicense()))
        .setLanguages(Known.first(data.texts("language"), known.getLanguages()))
        .setBaseModels(Known.first(data.texts("base_model"), known.getBaseModels()))
        .setDatasets(Known.first(data.texts("datasets"), known.getDatasets()))
        .setTags(Known.first(known.getTags(), data.texts("tags")));
  }

  private static @Nullable String license(CardData data) {
    String license = data.first("license", "licenses");
    String name = data.first("license_name");
    return OTHER.equals(license) && name != null ? name : license;
  }
}
