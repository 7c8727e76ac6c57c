package dev.cairn.runners.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A structural schema of a Kubernetes resource (OpenAPI v3), strictly: a field that it does not
 * name is an error, where an API server would drop it silently.
 */
final class Schema {
  private final List<String> errors = new ArrayList<>();

  private Schema() {}

  /** What is wrong with a value; empty if nothing is. */
  static List<String> errors(Map<?, ?> schema, @Nullable Object value) {
    Schema check = new Schema();
    check.check(schema, value, "");
    return check.errors;
  }

  private void check(Map<?, ?> schema, @Nullable Object value, String at) {
    Object type = schema.get("type");
    if (Boolean.TRUE.equals(schema.get("x-kubernetes-int-or-string"))
        || Boolean.TRUE.equals(schema.get("x-kubernetes-preserve-unknown-fields"))) {
      return;
    }
    if (value instanceof Map<?, ?> map && "object".equals(type)) {
      object(schema, map, at);
    } else if (value instanceof List<?> list && "array".equals(type)) {
      for (int i = 0; i < list.size(); i++) {
        check(
            (Map<?, ?>) Objects.requireNonNull(schema.get("items")),
            list.get(i),
            at + "[" + i + "]");
      }
    } else if (!is(type, value)) {
      errors.add(at + ": " + value + " (" + type + ")");
    } else if (schema.get("enum") instanceof List<?> allowed && !allowed.contains(value)) {
      errors.add(at + ": " + value + " (one of " + allowed + ")");
    }
  }

  private static boolean is(@Nullable Object type, @Nullable Object value) {
    return switch (String.valueOf(type)) {
      case "string" -> value instanceof String;
      case "boolean" -> value instanceof Boolean;
      case "integer" -> value instanceof Integer;
      case "number" -> value instanceof Number;
      default -> false;
    };
  }

  private void object(Map<?, ?> schema, Map<?, ?> map, String at) {
    Map<?, ?> properties = schema.get("properties") instanceof Map<?, ?> named ? named : Map.of();
    Object others = schema.get("additionalProperties");
    map.forEach(
        (name, value) -> {
          Object named = properties.get(name);
          if (named instanceof Map<?, ?> one) {
            check(one, value, at + "." + name);
          } else if (others instanceof Map<?, ?> any) {
            check(any, value, at + "." + name);
          } else {
            errors.add(at + "." + name + " (no such field)");
          }
        });
    if (schema.get("required") instanceof List<?> required) {
      for (Object name : required) {
        if (!map.containsKey(name)) {
          errors.add(at + "." + name + " (missing)");
        }
      }
    }
  }
}
