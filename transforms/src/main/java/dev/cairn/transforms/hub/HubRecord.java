package dev.cairn.transforms.hub;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.auto.value.AutoValue;
import dev.cairn.transforms.record.BadRecordException;
import java.util.List;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.jspecify.annotations.Nullable;

/**
 * A repository of the hub as one source tells of it: what its metadata say, and its card. What
 * changes from day to day without a change of the repository is not here: see {@link Popularity}.
 *
 * <p>Strings are as in the source. Lists are never null; an absent string is null. Times are in
 * microseconds since 1970-01-01 00:00:00 UTC.
 */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class HubRecord {
  public abstract HubKind getKind();

  /** {@code org/name}, or {@code name} for the few that have no owner. */
  public abstract String getName();

  /** The owner. */
  public abstract @Nullable String getAuthor();

  /** The commit that the record is of. */
  public abstract @Nullable String getSha();

  /** The first task that it is for, in the hub's words: {@code fill-mask}. */
  public abstract @Nullable String getTask();

  /** The field of that task, where the source says it: {@code nlp}. */
  public abstract @Nullable String getDomain();

  /** The library that loads it. */
  public abstract @Nullable String getLibrary();

  /** The licence's identifier, in the hub's words. */
  public abstract @Nullable String getLicense();

  public abstract List<String> getLanguages();

  public abstract List<String> getTags();

  /** Models that this one was made of. */
  public abstract List<String> getBaseModels();

  /** Datasets that it was made with. */
  public abstract List<String> getDatasets();

  /** {@code false}, {@code auto} or {@code manual}. */
  public abstract @Nullable String getGated();

  public abstract @Nullable Boolean getPrivate();

  public abstract @Nullable Boolean getDisabled();

  public abstract @Nullable Long getCreatedAt();

  public abstract @Nullable Long getLastModified();

  /** What it calls itself for people. */
  public abstract @Nullable String getPrettyName();

  /** A few sentences, where the source has them beside the card. */
  public abstract @Nullable String getDescription();

  /** {@code README.md} as it is published: Markdown, with YAML in front. */
  public abstract @Nullable String getCard();

  /** All of the card's metadata, as JSON with sorted names. */
  public abstract @Nullable String getMetadata();

  /** Whatever else the source says, as JSON with sorted names. */
  public abstract @Nullable String getDetails();

  /** The id of its document. */
  public String id() {
    return getKind().id(getName());
  }

  /**
   * Reads a record of the hub's API.
   *
   * @throws BadRecordException if it is none, naming the field
   */
  public static HubRecord ofApi(HubKind kind, ObjectNode record) throws BadRecordException {
    return ApiRecord.parse(kind, record);
  }

  /**
   * The same with its card; what the card's metadata say is taken where nothing better is known.
   */
  public HubRecord withCard(String card) {
    Builder record = toBuilder().setCard(card);
    ObjectNode metadata = FrontMatter.of(card).metadata();
    if (metadata != null && getMetadata() == null) {
      Metadata.add(metadata, record);
    }
    return record.build();
  }

  abstract Builder toBuilder();

  /** A record of which only kind and name are known. */
  static Builder builder(HubKind kind, String name) {
    return new AutoValue_HubRecord.Builder()
        .setKind(kind)
        .setName(name)
        .setLanguages(List.of())
        .setTags(List.of())
        .setBaseModels(List.of())
        .setDatasets(List.of());
  }

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setKind(HubKind kind);

    abstract Builder setName(String name);

    abstract Builder setAuthor(@Nullable String author);

    abstract Builder setSha(@Nullable String sha);

    abstract Builder setTask(@Nullable String task);

    abstract Builder setDomain(@Nullable String domain);

    abstract Builder setLibrary(@Nullable String library);

    abstract Builder setLicense(@Nullable String license);

    abstract Builder setLanguages(List<String> languages);

    abstract Builder setTags(List<String> tags);

    abstract Builder setBaseModels(List<String> models);

    abstract Builder setDatasets(List<String> datasets);

    abstract Builder setGated(@Nullable String gated);

    abstract Builder setPrivate(@Nullable Boolean isPrivate);

    abstract Builder setDisabled(@Nullable Boolean disabled);

    abstract Builder setCreatedAt(@Nullable Long micros);

    abstract Builder setLastModified(@Nullable Long micros);

    abstract Builder setPrettyName(@Nullable String name);

    abstract Builder setDescription(@Nullable String text);

    abstract Builder setCard(@Nullable String card);

    abstract Builder setMetadata(@Nullable String json);

    abstract Builder setDetails(@Nullable String json);

    abstract HubRecord build();
  }
}
