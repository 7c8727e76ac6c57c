package dev.cairn.transforms.hub;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.transforms.record.BadRecordException;
import dev.cairn.transforms.record.Fields;
import dev.cairn.transforms.record.RawRecord;
import dev.cairn.transforms.record.RecordJson;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A card without the API's record: a file of Markdown, or a JSON object with its text. */
final class CardRecord {
  private static final String MARKDOWN = ".md";
  private static final Set<String> KNOWN = Set.of("id", "modelId", "card");

  /** How the cards of datasets begin that follow the hub's template. */
  private static final Pattern DATASET_HEADING =
      Pattern.compile("(?im)^#\\s+(?:dataset card|data ?set)\\b");

  /** Fields that only the metadata of datasets have. */
  private static final String[] DATASET_SIGNS = {
    "task_categories",
    "task_ids",
    "size_categories",
    "dataset_info",
    "annotations_creators",
    "language_creators",
    "multilinguality",
    "source_datasets",
    "configs"
  };

  /** Fields that only the metadata of models have. */
  private static final String[] MODEL_SIGNS = {
    "pipeline_tag", "library_name", "model-index", "base_model", "widget", "inference", "datasets"
  };

  private CardRecord() {}

  static boolean is(Fields fields) {
    return fields.has("card") && (fields.has("id") || fields.has("modelId"));
  }

  /**
   * A file of Markdown.
   *
   * @throws BadRecordException if it is none, or its path names no repository
   */
  static HubRecord ofFile(RawRecord.Text file) throws BadRecordException {
    if (file.html() || !file.path().toLowerCase(Locale.ROOT).endsWith(MARKDOWN)) {
      throw new BadRecordException("unsupported_file", "no card by its name (.md)");
    }
    HubName name = HubName.ofCard(file.path());
    return record(name.kind(), name.name(), file.path(), file.text(), null);
  }

  /** An object of a JSON file of cards. */
  static HubRecord parse(String path, ObjectNode object) throws BadRecordException {
    Fields fields = Fields.of(object);
    String name = fields.has("id") ? fields.loose("id") : fields.loose("modelId");
    String card = fields.text("card");
    if (name == null || card == null) {
      throw new BadRecordException("missing_field", "id or card is empty (both required)");
    }
    ObjectNode rest = object.deepCopy();
    rest.remove(KNOWN);
    String details = rest.isEmpty() ? null : RecordJson.canonical(rest);
    return record(null, HubName.checked(name), path, card, details);
  }

  private static HubRecord record(
      @Nullable HubKind known, String name, String path, String card, @Nullable String details) {
    FrontMatter front = FrontMatter.of(card);
    HubKind kind = known == null ? kind(front, path) : known;
    HubRecord.Builder record = HubRecord.builder(kind, name).setCard(card).setDetails(details);
    int slash = name.indexOf('/');
    record.setAuthor(slash < 0 ? null : name.substring(0, slash));
    if (front.metadata() != null) {
      Metadata.add(front.metadata(), record);
    }
    return record.build();
  }

  /** What the path says, else the metadata, else the heading; a model if nothing tells. */
  private static HubKind kind(FrontMatter front, String path) {
    HubKind named = HubName.kindOf(path);
    if (named != null) {
      return named;
    }
    if (front.metadata() != null) {
      CardData data = new CardData(front.metadata());
      if (data.hasAny(MODEL_SIGNS)) {
        return HubKind.MODEL;
      }
      if (data.hasAny(DATASET_SIGNS)) {
        return HubKind.DATASET;
      }
    }
    return DATASET_HEADING.matcher(front.body()).find() ? HubKind.DATASET : HubKind.MODEL;
  }
}
