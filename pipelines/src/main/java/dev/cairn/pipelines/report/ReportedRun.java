package dev.cairn.pipelines.report;

import dev.cairn.io.store.tier.StorePolicy;
import dev.cairn.pipelines.RunListener;
import dev.cairn.pipelines.VersionReport;
import java.io.IOException;
import java.time.Instant;

/** A run that makes a version of a ref, whose report is kept however it ends. */
public final class ReportedRun {
  private final StorePolicy policy;
  private final String ref;
  private final String name;

  /** What a run does. */
  @FunctionalInterface
  public interface Work<R extends VersionReport> {
    /** Does it; {@code name} is the run's. */
    R run(String name) throws IOException;
  }

  /** A run of a name that no other has. */
  public ReportedRun(StorePolicy policy, String ref, String name) {
    this.policy = policy;
    this.ref = ref;
    this.name = name;
  }

  /**
   * Runs; that its report cannot be kept is told and is no failure of the run.
   *
   * @throws IOException as the work does
   */
  public <R extends VersionReport> R run(Work<R> work, RunListener listener) throws IOException {
    ReportKeeper keeper = new ReportKeeper(policy, name, Instant.now());
    R report;
    try {
      report = work.run(name);
    } catch (IOException | RuntimeException e) {
      try {
        keeper.failed(ref, e);
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
