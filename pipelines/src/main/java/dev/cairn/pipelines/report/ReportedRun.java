package dev.cairn.pipelines.report;

import dev.cairn.pipelines.EmbedConfig;
import dev.cairn.pipelines.EmbedRun;
import dev.cairn.pipelines.Engine;
import dev.cairn.pipelines.RunListener;
import dev.cairn.pipelines.RunReport;
import java.io.IOException;
import java.time.Instant;

/** An embedding run whose report is kept, however it ends. */
public final class ReportedRun {
  private final EmbedConfig config;
  private final String name;

  /** A run of a name that no other has. */
  public ReportedRun(EmbedConfig config, String name) {
    this.config = config;
    this.name = name;
  }

  /**
   * Runs; that its report cannot be kept is told and is no failure of the run.
   *
   * @throws IOException as {@link EmbedRun#run} does
   */
  public RunReport run(Engine engine, RunListener listener) throws IOException {
    ReportKeeper keeper = new ReportKeeper(config.policy(), name, Instant.now());
    RunReport report;
    try {
      report = new EmbedRun(config, engine, listener, name).run();
    } catch (IOException | RuntimeException e) {
      try {
        keeper.failed(config.ref(), e);
      } catch (IOException unkept) {
        e.addSuppressed(unkept);
      }
      throw e;
    }
    if (report.dataset() != null) {
      try {
        keeper.keep(report);
      } catch (IOException e) {
        listener.note("the run's report is not kept: " + e.getMessage());
      }
    }
    return report;
  }
}
