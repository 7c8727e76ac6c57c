package dev.cairn.transforms.hub;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.transforms.record.BadRecordException;
import dev.cairn.transforms.record.Fields;
import dev.cairn.transforms.record.RecordJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A record of the hub's API ({@code /api/models}, {@code /api/datasets}), or a row of a table made
 * of such records, whose columns have other names or types.
 */
final class ApiRecord {
  /** Fields that only such records have, one of which is enough. */
  private static final List<String> SIGNS =
      List.of(
          "author",
          "sha",
          "tags",
          "downloads",
          "likes",
          "lastModified",
          "last_modified",
          "createdAt",
          "created_at",
          "creation_time",
          "pipeline_tag",
          "task_category",
          "cardData",
          "gated",
          "private");

  /** Fields that models have and datasets have not. */
  private static final List<String> MODEL_SIGNS =
      List.of("modelId", "pipeline_tag", "library_name", "config", "safetensors", "task_category");

  /** Fields that have columns of their own. */
  private static final Set<String> KNOWN =
      Set.of(
          "_id",
          "id",
          "modelId",
          "author",
          "sha",
          "tags",
          "lastModified",
          "last_modified",
          "createdAt",
          "created_at",
          "creation_time",
          "pipeline_tag",
          "task_category",
          "task_domain",
          "library_name",
          "cardData",
          "gated",
          "private",
          "disabled",
          "description",
          "card");

  private ApiRecord() {}

  static boolean is(Fields fields) {
    return (fields.has("id") || fields.has("modelId")) && SIGNS.stream().anyMatch(fields::has);
  }

  static HubRecord parse(String path, ObjectNode object) throws BadRecordException {
    Fields fields = Fields.of(object);
    return parse(kind(path, fields), object);
  }

  static HubRecord parse(HubKind kind, ObjectNode object) throws BadRecordException {
    Fields fields = Fields.of(object);
    String id = fields.loose("id");
    String name = id == null ? fields.loose("modelId") : id;
    if (name == null) {
      throw new BadRecordException("missing_field", "id is absent (required)");
    }
    List<String> tags = fields.looseTexts("tags");
    HubRecord.Builder record =
        HubRecord.builder(kind, HubName.checked(name))
            .setAuthor(fields.loose("author"))
            .setSha(fields.loose("sha"))
            .setTask(Known.first(fields.loose("pipeline_tag"), fields.loose("task_category")))
            .setDomain(fields.loose("task_domain"))
            .setLibrary(fields.loose("library_name"))
            .setTags(tags)
            .setLicense(tagged(tags, "license:"))
            .setLanguages(allTagged(tags, "language:"))
            .setBaseModels(allTagged(tags, "base_model:"))
            .setDatasets(allTagged(tags, "dataset:"))
            .setGated(fields.loose("gated"))
            .setPrivate(fields.looseFlagIfPresent("private"))
            .setDisabled(fields.looseFlagIfPresent("disabled"))
            .setCreatedAt(time(fields, "createdAt", "created_at", "creation_time"))
            .setLastModified(time(fields, "lastModified", "last_modified"))
            .setDescription(fields.loose("description"))
            .setCard(fields.loose("card"))
            .setDetails(details(object));
    if (kind == HubKind.DATASET && fields.loose("pipeline_tag") == null) {
      record.setTask(Known.first(fields.loose("task_category"), tagged(tags, "task_categories:")));
    }
    ObjectNode cardData = cardData(fields, object);
    if (cardData != null) {
      Metadata.add(cardData, record);
    }
    return record.build();
  }

  private static HubKind kind(String path, Fields fields) {
    if (MODEL_SIGNS.stream().anyMatch(fields::has)) {
      return HubKind.MODEL;
    }
    HubKind named = HubName.kindOf(path);
    return named == null ? HubKind.MODEL : named;
  }

  /** The card's metadata: an object, or in tables a text of one. */
  private static @Nullable ObjectNode cardData(Fields fields, ObjectNode object)
      throws BadRecordException {
    if (fields.isObject("cardData")) {
      return (ObjectNode) object.get("cardData");
    }
    if (!fields.has("cardData")) {
      return null;
    }
    String json = fields.loose("cardData");
    return json == null ? null : RecordJson.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  private static @Nullable String details(ObjectNode object) {
    ObjectNode rest = object.deepCopy();
    rest.remove(KNOWN);
    rest.remove(Popularity.FIELDS);
    return rest.isEmpty() ? null : RecordJson.canonical(rest);
  }

  private static @Nullable Long time(Fields fields, String... names) throws BadRecordException {
    for (String name : names) {
      if (fields.has(name)) {
        return fields.looseMicros(name);
      }
    }
    return null;
  }

  private static @Nullable String tagged(List<String> tags, String prefix) {
    List<String> all = allTagged(tags, prefix);
    return all.isEmpty() ? null : all.get(0);
  }

  private static List<String> allTagged(List<String> tags, String prefix) {
    List<String> found = new ArrayList<>();
    for (String tag : tags) {
      if (tag.startsWith(prefix) && tag.length() > prefix.length()) {
        found.add(tag.substring(prefix.length()));
      }
    }
    return found;
  }
}
