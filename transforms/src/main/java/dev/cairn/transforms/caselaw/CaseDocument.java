package dev.cairn.transforms.caselaw;

import com.google.auto.value.AutoValue;
import java.util.List;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.jspecify.annotations.Nullable;

/**
 * A case, whichever of the forms it was published in: one decision with its metadata and opinions.
 *
 * <p>Strings are as in the source. Lists are never null; an absent string is null, an empty one is
 * empty.
 */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class CaseDocument {

  /**
   * The source and its number: {@code cap:1} of the Caselaw Access Project, {@code cl:1} of
   * CourtListener (a cluster), or {@code text:} and the path of a file of its own.
   */
  public abstract String getId();

  /** The form that it was read from. */
  public abstract CaseForm getForm();

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

  /** The reporter's volume that it is printed in. */
  public abstract @Nullable String getVolume();

  public abstract @Nullable String getReporter();

  /** What CourtListener says of its force: {@code Published}, {@code Unpublished}, ... */
  public abstract @Nullable String getStatus();

  public abstract @Nullable String getNatureOfSuit();

  /** Where the source shows it, as the source writes it. */
  public abstract @Nullable String getUrl();

  /** Texts beside the opinions that are no head matter: syllabus, headnotes, summary. */
  public abstract List<Opinion> getSummaries();

  /** A case with empty lists, and nothing known yet. */
  static Builder builder() {
    return new AutoValue_CaseDocument.Builder()
        .setCitations(List.of())
        .setCitesTo(List.of())
        .setJudges(List.of())
        .setParties(List.of())
        .setAttorneys(List.of())
        .setOpinions(List.of())
        .setSummaries(List.of());
  }

  abstract Builder toBuilder();

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setId(String id);

    abstract Builder setForm(CaseForm form);

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

    abstract Builder setVolume(@Nullable String volume);

    abstract Builder setReporter(@Nullable String reporter);

    abstract Builder setStatus(@Nullable String status);

    abstract Builder setNatureOfSuit(@Nullable String nature);

    abstract Builder setUrl(@Nullable String url);

    abstract Builder setSummaries(List<Opinion> texts);

    abstract CaseDocument build();
  }
}
