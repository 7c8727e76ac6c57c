package dev.cairn.transforms.caselaw;

import com.google.auto.value.AutoValue;
import java.util.List;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.jspecify.annotations.Nullable;

/**
 * A case as the Caselaw Access Project publishes it: one decision with its metadata and opinions.
 *
 * <p>Strings are as in the source. Lists are never null; an absent string is null, an empty one is
 * empty.
 */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class CaseDocument {

  /** {@code cap:} and the source's number. */
  public abstract String getId();

  public abstract @Nullable String getName();

  public abstract @Nullable String getNameAbbreviation();

  /**
   * The source's date: a year, a month or a day ({@code 1803}, {@code 1896-05}); see {@link
   * #getDecisionYear}.
   */
  public abstract @Nullable String getDecisionDate();

  /** The year of {@link #getDecisionDate}, if that is a calendar date or the start of one. */
  public abstract @Nullable Integer getDecisionYear();

  public abstract @Nullable String getDocketNumber();

  public abstract @Nullable String getFirstPage();

  public abstract @Nullable String getLastPage();

  public abstract List<Citation> getCitations();

  public abstract @Nullable Court getCourt();

  public abstract @Nullable Jurisdiction getJurisdiction();

  /** Citations found in the text, by the source. */
  public abstract List<CitedCase> getCitesTo();

  public abstract List<String> getJudges();

  public abstract List<String> getParties();

  public abstract List<String> getAttorneys();

  public abstract @Nullable String getCorrections();

  public abstract @Nullable String getHeadMatter();

  public abstract List<Opinion> getOpinions();

  /** The source's estimate of how well the scan was read, 0 to 1. */
  public abstract @Nullable Double getOcrConfidence();

  public abstract @Nullable String getLastUpdated();

  public abstract @Nullable Provenance getProvenance();

  public abstract @Nullable String getFileName();

  static Builder builder() {
    return new AutoValue_CaseDocument.Builder();
  }

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setId(String id);

    abstract Builder setName(@Nullable String name);

    abstract Builder setNameAbbreviation(@Nullable String name);

    abstract Builder setDecisionDate(@Nullable String date);

    abstract Builder setDecisionYear(@Nullable Integer year);

    abstract Builder setDocketNumber(@Nullable String number);

    abstract Builder setFirstPage(@Nullable String page);

    abstract Builder setLastPage(@Nullable String page);

    abstract Builder setCitations(List<Citation> citations);

    abstract Builder setCourt(@Nullable Court court);

    abstract Builder setJurisdiction(@Nullable Jurisdiction jurisdiction);

    abstract Builder setCitesTo(List<CitedCase> cases);

    abstract Builder setJudges(List<String> judges);

    abstract Builder setParties(List<String> parties);

    abstract Builder setAttorneys(List<String> attorneys);

    abstract Builder setCorrections(@Nullable String corrections);

    abstract Builder setHeadMatter(@Nullable String text);

    abstract Builder setOpinions(List<Opinion> opinions);

    abstract Builder setOcrConfidence(@Nullable Double confidence);

    abstract Builder setLastUpdated(@Nullable String time);

    abstract Builder setProvenance(@Nullable Provenance provenance);

    abstract Builder setFileName(@Nullable String name);

    abstract CaseDocument build();
  }
}
