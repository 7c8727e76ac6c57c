package dev.cairn.pipelines;

import dev.cairn.io.store.tier.StorePolicy;
import dev.cairn.io.table.TableSchema;
import dev.cairn.transforms.convert.TableFormat;
import org.jspecify.annotations.Nullable;

/**
 * A conversion, validated. Immutable.
 *
 * @param input a target or local path: a file, or a folder whose folders are tables
 * @param format of the new files
 * @param schema that all tables have, or null to tell it by their rows
 * @param sharing what workers share with the launcher
 * @param policy the store
 */
public record ConvertConfig(
    String input,
    TableFormat format,
    @Nullable TableSchema schema,
    Sharing sharing,
    StorePolicy policy) {
  /** Raised whenever the same rows would give other files. */
  static final int FORMAT = 1;

  public ConvertConfig {
    sharing.check(policy);
  }
}
