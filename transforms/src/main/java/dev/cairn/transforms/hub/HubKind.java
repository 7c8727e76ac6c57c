package dev.cairn.transforms.hub;

import java.util.Locale;

/** What a repository of the hub holds. */
public enum HubKind {
  MODEL,
  DATASET;

  /** The id of a repository of this kind: {@code hf-model:org/name}, {@code hf-dataset:name}. */
  public String id(String name) {
    return "hf-" + this + ":" + name;
  }

  /** The name in tables. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
