package dev.cairn.transforms.hub;

import dev.cairn.transforms.record.BadRecordException;
import dev.cairn.transforms.record.Fields;
import java.util.Locale;

/** A row of the tables that a scan of the hub wrote ({@link HubColumns}). */
final class ScanRow {
  private ScanRow() {}

  static boolean is(Fields fields) {
    return fields.has("kind") && fields.has("name") && fields.has("id");
  }

  static HubRecord parse(Fields fields) throws BadRecordException {
    return HubRecord.builder(kind(fields), HubName.checked(fields.requiredText("name")))
        .setAuthor(fields.text("author"))
        .setSha(fields.text("sha"))
        .setTask(fields.text("task"))
        .setDomain(fields.text("domain"))
        .setLibrary(fields.text("library"))
        .setLicense(fields.text("license"))
        .setLanguages(fields.texts("languages"))
        .setTags(fields.texts("tags"))
        .setBaseModels(fields.texts("base_models"))
        .setDatasets(fields.texts("datasets"))
        .setGated(fields.text("gated"))
        .setPrivate(fields.looseFlagIfPresent("private"))
        .setDisabled(fields.looseFlagIfPresent("disabled"))
        .setCreatedAt(fields.looseMicros("created_at"))
        .setLastModified(fields.looseMicros("last_modified"))
        .setPrettyName(fields.text("pretty_name"))
        .setDescription(fields.text("description"))
        .setCard(fields.text("card"))
        .setMetadata(fields.text("metadata"))
        .setDetails(fields.text("details"))
        .build();
  }

  private static HubKind kind(Fields fields) throws BadRecordException {
    String kind = fields.requiredText("kind");
    for (HubKind known : HubKind.values()) {
      if (known.toString().equals(kind.toLowerCase(Locale.ROOT))) {
        return known;
      }
    }
    throw new BadRecordException("wrong_type", "kind is neither (model or dataset)");
  }
}
