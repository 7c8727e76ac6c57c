package dev.cairn.pipelines;

import dev.cairn.io.dataset.Manifest;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.StorageException;
import dev.cairn.io.store.tier.Receipt;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.models.ModelIdentity;
import dev.cairn.transforms.embed.ShardTask;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.beam.sdk.metrics.MetricResults;
import org.jspecify.annotations.Nullable;

/**
 * One embedding run from input to commit, in four acts (design.md): plan, decide, work, commit. A
 * run that is killed leaves nothing half-done; run again, it goes on from its finished shards. For
 * one thread; use it once.
 */
public final class EmbedRun {
  /** A dataset of which documents were taken away is not what a run makes. */
  public static final String WITHDRAWN = "withdrawn";

  private final EmbedConfig config;
  private final Engine engine;
  private final RunListener listener;
  private final RunClock clock;

  /** A run of a name that no other has; see {@link #newName}. */
  public EmbedRun(EmbedConfig config, Engine engine, RunListener listener, String name) {
    this.config = config;
    this.engine = engine;
    this.listener = listener;
    this.clock = new RunClock(name);
  }

  /** A name for a run: the time, this process and a number. */
  public static String newName() {
    return RunClock.newName();
  }

  /**
   * Runs.
   *
   * @throws InputFailedException if too much of the input failed, nothing could be read, or a check
   *     of the dataset does not hold
   * @throws TargetNotFoundException if an input does not exist
   * @throws AmbiguousInputException if an input's name means two things, or two have one name
   * @throws RefusedOutputException if the output folder holds something else than a dataset
   * @throws ParentMovedException if another run moved the ref to another dataset meanwhile
   * @throws NumericsChangedException if the ref's dataset has vectors of another kind of machine
   * @throws IOException if storage cannot be read or written
   */
  public RunReport run() throws IOException {
    if (config.outputFolder() != null) {
      new OutputFolder(config.outputFolder()).check();
    }
    try (TieredStore tiers = config.policy().open()) {
      LocalStore store = tiers.local();
      PresentDataset present = PresentDataset.of(store, config.ref());
      InputListing input =
          new InputLister(tiers, config.source()::skips, config.sharing() != Sharing.FILES)
              .list(config.inputs(), config.source(), config.ref());
      tell(input);
      clock.ended("list");
      Models models = new Models(tiers, config.access());
      Models.Model found = models.find(config.model());
      ModelIdentity model = models.identity(found, config.chunks().maxTokens());
      AcceptedVectors accepted = AcceptedVectors.of(config, present, model);
      if (present != null
          && isUpToDate(store, present.manifest(), input, accepted)
          && store.isWhole(present.dataset())) {
        listener.note("input, settings and model are those of " + config.ref() + ": up to date");
        new CheckAct(config, store)
            .check(present, present.dataset(), present.manifest(), List.of());
        DatasetCommit.Done done =
            new DatasetCommit(tiers, config.policy(), config.ref(), clock.run()).upToDate(present);
        RunReport report = ReportOf.present(config, present, clock);
        return finish(store, report, done.receipt())
            .detailed(new RunReport.Details(clock.steps(), Map.of()));
      }
      clock.ended("model");
      if (present != null) {
        accepted.check(tiers, present);
      }
      RunKey key = RunKey.of(config, input.root(), model);
      try (RunFolder folder =
          RunFolder.make(config.policy().home(), clock.run(), key.job("embed"))) {
        Workplace workplace = Workplace.of(config.policy(), config.sharing(), tiers, folder);
        Plan plan = new PlanAct(config, engine, listener, store, workplace).plan(input, key);
        clock.ended("plan");
        checkFailures(plan.failed(), plan);
        Decision decision = Decision.of(config, store, present, workplace, plan, accepted);
        if (config.dryRun()) {
          return ReportOf.dryRun(config, plan, decision, clock);
        }
        List<ShardTask> tasks = decision.tasks(plan);
        checkRoom(store, decision, tasks);
        List<String> vectors =
            tasks.isEmpty() ? List.of() : new ReuseAct(config, listener, tiers).indexes(accepted);
        clock.ended("decide");
        MetricResults metrics =
            new WorkAct(config, engine, listener, workplace, store)
                .work(tasks, vectors, input, found.ref(), model, key);
        clock.ended("embed");
        RunReport report = commit(tiers, present, input, plan, decision, accepted);
        leave(workplace);
        Map<String, Object> told = metrics == null ? Map.of() : RunMetrics.of(metrics);
        return report.detailed(new RunReport.Details(clock.steps(), told));
      }
    }
  }

  /**
   * Also where nothing was left to do: then a killed run's workers had done it. The commit is made:
   * what stays behind is no failure of the run.
   */
  private void leave(Workplace workplace) {
    try {
      workplace.done();
    } catch (IOException e) {
      listener.note("what workers were lent stays at the node: " + e.getMessage());
    }
  }

  private void tell(InputListing input) {
    InputListing.Skipped skipped = input.skipped();
    listener.note(
        String.format(
            Locale.ROOT,
            "input %s: %d files, %.1f MB; skipped %d metadata, %d hidden, %d links",
            input.root(),
            input.files(),
            input.bytes() / 1e6,
            skipped.metadata(),
            skipped.hidden(),
            skipped.links()));
  }

  private boolean isUpToDate(
      LocalStore store, Manifest present, InputListing input, AcceptedVectors accepted)
      throws IOException {
    return present.input().equals(input.root())
        && present.fingerprint().equals(Manifest.fingerprint(config.settings()))
        && accepted.accepts(present)
        && present.total(WITHDRAWN) == 0
        && !holdsForgotten(store, present);
  }

  private static boolean holdsForgotten(LocalStore store, Manifest dataset) throws IOException {
    return !new DatasetIds(store, dataset).find(store.forgotten().ids()).isEmpty();
  }

  private void checkFailures(long failed, Plan plan) throws InputFailedException {
    long total = plan.records() + plan.duplicates() + plan.failed();
    if (config.maxFailed().exceededBy(failed, total)) {
      throw new InputFailedException(
          "Cannot embed input: "
              + failed
              + " of "
              + total
              + " records failed "
              + plan.failures()
              + " (--max-failed "
              + config.maxFailed()
              + ")");
    }
    if (plan.documents() == 0) {
      throw new InputFailedException(
          "Cannot embed input: no document in it, " + failed + " failed (at least one document)");
    }
  }

  private void checkRoom(LocalStore store, Decision decision, List<ShardTask> tasks)
      throws IOException {
    listener.note(
        decision.keys().size() + " shards, " + tasks.size() + " to compute (the rest is known)");
    long needed = 4 * tasks.stream().mapToLong(ShardTask::getTextBytes).sum();
    if (store.freeBytes() < needed) {
      throw new StorageException(
          "Cannot start run: " + store.freeBytes() + " bytes free (about " + needed + ")", null);
    }
  }

  private RunReport commit(
      TieredStore tiers,
      @Nullable PresentDataset present,
      InputListing input,
      Plan plan,
      Decision decision,
      AcceptedVectors accepted)
      throws IOException {
    LocalStore store = tiers.local();
    List<KnownShard> shards =
        new LinkAct(config, store).link(decision.shardsAfterWork(store, plan));
    long shardFailures =
        shards.stream().flatMap(s -> s.failures().values().stream()).mapToLong(n -> n).sum();
    checkFailures(plan.failed() + shardFailures, plan);
    DatasetWriter.Result dataset =
        new DatasetWriter(config, store).write(input.root(), accepted, plan, shards);
    if (holdsForgotten(store, dataset.manifest())) {
      throw new InputFailedException(
          "Cannot move ref "
              + config.ref()
              + ": records were forgotten while it was made (run again)");
    }
    new CheckAct(config, store)
        .check(present, dataset.cid(), dataset.manifest(), decision.computed(shards));
    clock.ended("write");
    ReportOf report = ReportOf.dataset(config, dataset, decision, shards, clock);
    DatasetCommit.Done done =
        new DatasetCommit(tiers, config.policy(), config.ref(), clock.run())
            .commit(present, dataset.cid(), report.figures());
    clock.ended("commit");
    return finish(store, report.committed(done.commit(), done.parent()), done.receipt());
  }

  private RunReport finish(LocalStore store, RunReport report, Receipt receipt) throws IOException {
    if (receipt.isPending()) {
      listener.note(receipt.node() + ": " + receipt.reason());
    }
    if (config.outputFolder() != null) {
      new OutputFolder(config.outputFolder()).write(store, receipt.root());
    }
    return report.delivered(receipt);
  }
}
