package dev.cairn.io.beam;

import com.google.auto.value.AutoValue;
import java.io.IOException;
import java.util.Objects;
import org.apache.beam.sdk.io.Compression;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.io.FileIO.ReadableFile;
import org.apache.beam.sdk.io.FileSystem.LineageLevel;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;
import org.apache.beam.sdk.io.fs.MetadataCoder;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

/**
 * The files of targets that come as elements; see {@link IpfsIO#readFiles}. A target without any
 * file fails the bundle: nothing read must not look like all read.
 */
@AutoValue
public abstract class IpfsReadFiles
    extends PTransform<PCollection<String>, PCollection<ReadableFile>> {
  private static final long serialVersionUID = 1L;

  static IpfsReadFiles of(Compression compression) {
    return new AutoValue_IpfsReadFiles(compression);
  }

  abstract Compression getCompression();

  /** How files are packed; the default goes by their names. */
  public IpfsReadFiles withCompression(Compression compression) {
    return of(compression);
  }

  @Override
  public PCollection<ReadableFile> expand(PCollection<String> targets) {
    return targets
        .apply("FindFiles", ParDo.of(new FindFilesFn()))
        .setCoder(MetadataCoder.of())
        .apply("Spread", Reshuffle.viaRandomKey())
        .apply("Open", FileIO.readMatches().withCompression(getCompression()));
  }

  static final class FindFilesFn extends DoFn<String, Metadata> {
    private static final long serialVersionUID = 1L;

    private transient @Nullable String policy;

    @Setup
    public void setUp(PipelineOptions options) {
      policy = OpenStore.policy(options);
    }

    @ProcessElement
    public void find(@Element String text, OutputReceiver<Metadata> out) throws IOException {
      OpenStore store = OpenStore.of(Objects.requireNonNull(policy, "resolved in setup"));
      ReadTarget target = ReadTarget.resolve(text, store.names());
      IpfsUri root = target.uri().withPath("");
      FileSearch search = new FileSearch(store.blocks(), target.root(), root.toString());
      IpfsFiles.metadata(target.root(), search.filesOrBelow(target.uri().path()))
          .forEach(out::output);
      FileSystems.reportSourceLineage(IpfsResourceId.file(root), LineageLevel.TOP_LEVEL);
    }
  }
}
