package dev.cairn.transforms.hub;

import com.google.auto.value.AutoValue;
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

  static Popularity of(
      String id,
      @Nullable Long downloads,
      @Nullable Long allTime,
      @Nullable Long likes,
      @Nullable Double trending) {
    return new AutoValue_Popularity(id, downloads, allTime, likes, trending);
  }
}
