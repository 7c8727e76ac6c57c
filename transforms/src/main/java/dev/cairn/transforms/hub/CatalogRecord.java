package dev.cairn.transforms.hub;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.transforms.record.BadRecordException;
import dev.cairn.transforms.record.Fields;
import dev.cairn.transforms.record.RecordJson;
import java.util.List;
import java.util.Set;

/**
 * An entry of a catalogue of models with descriptions by its makers: {@code api_name}, {@code
 * description} and more, as in Gorilla's APIBench.
 */
final class CatalogRecord {
  private static final Set<String> KNOWN =
      Set.of("api_name", "description", "functionality", "domain", "framework");

  private CatalogRecord() {}

  static boolean is(Fields fields) {
    return fields.has("api_name");
  }

  static HubRecord parse(ObjectNode object) throws BadRecordException {
    Fields fields = Fields.of(object);
    String name = HubName.checked(fields.requiredText("api_name"));
    List<String> tasks = fields.looseTexts("functionality");
    ObjectNode rest = object.deepCopy();
    rest.remove(KNOWN);
    int slash = name.indexOf('/');
    return HubRecord.builder(HubKind.MODEL, name)
        .setAuthor(slash < 0 ? null : name.substring(0, slash))
        .setTask(tasks.isEmpty() ? null : String.join(", ", tasks))
        .setDomain(fields.loose("domain"))
        .setLibrary(fields.loose("framework"))
        .setDescription(fields.loose("description"))
        .setDetails(rest.isEmpty() ? null : RecordJson.canonical(rest))
        .build();
  }
}
