package dev.cairn.transforms.embed;

import java.io.IOException;
import java.util.List;

/** A shard cannot be computed: it would fail again wherever it is tried. */
public final class ShardFailedException extends IOException {
  private static final long serialVersionUID = 1L;

  ShardFailedException(ShardTask task, List<String> ids, Exception cause) {
    super(
        "Cannot compute shard: "
            + task.getKey()
            + " of "
            + task.getRecords()
            + " records, "
            + documents(ids)
            + ": "
            + (cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage()),
        cause);
  }

  /** The documents that were opened, the last of which was at work. */
  private static String documents(List<String> ids) {
    if (ids.isEmpty()) {
      return "before its first document";
    }
    String last = ids.get(ids.size() - 1);
    return ids.size() == 1 ? "at document " + last : ids.get(0) + " to " + last;
  }
}
