package dev.cairn.io.beam;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Filter;

/** The lines of files in IPFS that hold a word: docs/beam.md shows it and how to run it. */
public final class ReadLinesExample {
  /** What the example is told. */
  public interface Options extends PipelineOptions {
    String getInput();

    void setInput(String pattern);

    String getWord();

    void setWord(String word);

    String getOutput();

    void setOutput(String prefix);
  }

  private ReadLinesExample() {}

  public static void main(String[] args) {
    Options options = PipelineOptionsFactory.fromArgs(args).as(Options.class);
    String word = options.getWord();
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply(TextIO.read().from(options.getInput()))
        .apply(Filter.by(line -> line.contains(word)))
        .apply(TextIO.write().to(options.getOutput()).withoutSharding());
    pipeline.run().waitUntilFinish();
  }
}
