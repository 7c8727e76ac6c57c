package dev.cairn.pipelines;

import java.io.IOException;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;

/** Whatever runs a Beam pipeline to its end. */
@FunctionalInterface
public interface Engine {

  /**
   * Builds a pipeline and runs it; returns when all of its work is done.
   *
   * @param name of the job, for people
   * @param width how many pieces of work there are; more workers than that would be idle
   * @throws IOException with what the job failed of: the first typed error in its causes
   */
  void run(String name, int width, Consumer<Pipeline> definition) throws IOException;
}
