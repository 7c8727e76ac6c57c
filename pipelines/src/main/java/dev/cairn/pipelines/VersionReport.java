package dev.cairn.pipelines;

import dev.cairn.io.store.tier.Receipt;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What every run tells that makes a version of a ref. */
public interface VersionReport {
  /** The dataset's CID, or null if the run stopped before it made one. */
  @Nullable String dataset();

  /** The commit that the ref names after the run, null without a dataset. */
  @Nullable String commit();

  /** The commit before that one. */
  @Nullable String parent();

  String ref();

  /** Documents or records of the dataset. */
  long rows();

  long deadLetters();

  long bytesWritten();

  /** What became of the dataset at the node. */
  Receipt.State delivery();

  /** True if the run found its dataset made already. */
  boolean isUnchanged();

  /** What workers told, empty if there were none. */
  Map<String, Object> metrics();

  /** The report's fields by their names in JSON. */
  Map<String, Object> toMap();
}
