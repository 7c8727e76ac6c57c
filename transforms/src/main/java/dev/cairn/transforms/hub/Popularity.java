package dev.cairn.transforms.hub;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.auto.value.AutoValue;
import dev.cairn.transforms.record.BadRecordException;
import dev.cairn.transforms.record.Fields;
import java.util.Set;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.jspecify.annotations.Nullable;

/**
 * How much a repository is used: figures that change every day while it stays what it is, and so
 * are kept apart from {@link HubRecord}.
 */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class Popularity {
  /** The hub's names of such figures. */
  public static final Set<String> FIELDS =
      Set.of("downloads", "downloadsAllTime", "likes", "trendingScore");

  /** The id of the repository's document. */
  public abstract String getId();

  /** Downloads of the last 30 days. */
  public abstract @Nullable Long getDownloads();

  public abstract @Nullable Long getDownloadsAllTime();

  public abstract @Nullable Long getLikes();

  public abstract @Nullable Double getTrendingScore();

  /**
   * Reads the figures of a record of the hub's API.
   *
   * @throws BadRecordException if one is no number
   */
  public static Popularity ofApi(String id, ObjectNode record) throws BadRecordException {
    Fields fields = Fields.of(record);
    return new AutoValue_Popularity(
        id,
        fields.looseInteger("downloads"),
        fields.looseInteger("downloadsAllTime"),
        fields.looseInteger("likes"),
        fields.number("trendingScore"));
  }
}
