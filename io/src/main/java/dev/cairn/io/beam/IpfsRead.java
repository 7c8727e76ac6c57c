package dev.cairn.io.beam;

import com.google.auto.value.AutoValue;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.Compression;
import org.apache.beam.sdk.io.FileIO.ReadableFile;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/** The files of targets that are known when the pipeline is made; see {@link IpfsIO#read}. */
@AutoValue
public abstract class IpfsRead extends PTransform<PBegin, PCollection<ReadableFile>> {
  private static final long serialVersionUID = 1L;

  static IpfsRead of() {
    return new AutoValue_IpfsRead.Builder()
        .setTargets(List.of())
        .setCompression(Compression.AUTO)
        .build();
  }

  abstract List<String> getTargets();

  abstract Compression getCompression();

  abstract Builder toBuilder();

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setTargets(List<String> targets);

    abstract Builder setCompression(Compression compression);

    abstract IpfsRead build();
  }

  /**
   * Adds a target.
   *
   * @throws IllegalArgumentException if it is none
   */
  public IpfsRead from(String target) {
    ReadTarget.check(target);
    List<String> targets = new ArrayList<>(getTargets());
    targets.add(target);
    return toBuilder().setTargets(List.copyOf(targets)).build();
  }

  /** How files are packed; the default goes by their names. */
  public IpfsRead withCompression(Compression compression) {
    return toBuilder().setCompression(compression).build();
  }

  @Override
  public PCollection<ReadableFile> expand(PBegin begin) {
    if (getTargets().isEmpty()) {
      throw new IllegalStateException("Cannot read: no target (from)");
    }
    return begin
        .apply("Targets", Create.of(getTargets()).withCoder(StringUtf8Coder.of()))
        .apply("ReadFiles", IpfsReadFiles.of(getCompression()));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("targets", String.join(" ", getTargets())).withLabel("Targets"));
  }
}
