package dev.cairn.transforms.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people write into the metadata of a card. Nobody checks it, so that every field may be of
 * any type: what is not a text, number or truth value, or a list of these, is passed over here. It
 * is all in {@link HubRecord#getMetadata}.
 */
final class CardData {
  private final ObjectNode node;

  CardData(ObjectNode node) {
    this.node = node;
  }

  /** The values of a field: those of a list, or the one. */
  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    JsonNode value = node.path(name);
    if (value.isArray()) {
      value.forEach(item -> add(texts, item));
    } else {
      add(texts, value);
    }
    return texts;
  }

  /** The first value of the first of these fields that has one. */
  @Nullable String first(String... names) {
    for (String name : names) {
      List<String> texts = texts(name);
      if (!texts.isEmpty()) {
        return texts.get(0);
      }
    }
    return null;
  }

  /** True if any of these fields is there. */
  boolean hasAny(String... names) {
    for (String name : names) {
      if (node.has(name)) {
        return true;
      }
    }
    return false;
  }

  private static void add(List<String> texts, JsonNode value) {
    if (value.isValueNode() && !value.isNull() && !value.asText().isBlank()) {
      texts.add(value.asText());
    }
  }
}
