package dev.cairn.pipelines;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.LocalStore;
import dev.cairn.transforms.record.FileBatch;
import dev.cairn.transforms.record.PlanPart;
import dev.cairn.transforms.record.WorkerStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The first act: every record's address. A batch of files that was planned before is not read. */
final class PlanAct {
  private final EmbedConfig config;
  private final Engine engine;
  private final RunListener listener;
  private final LocalStore store;
  private final Workplace workplace;

  PlanAct(
      EmbedConfig config,
      Engine engine,
      RunListener listener,
      LocalStore store,
      Workplace workplace) {
    this.config = config;
    this.engine = engine;
    this.listener = listener;
    this.store = store;
    this.workplace = workplace;
  }

  Plan plan(InputListing input, RunKey key) throws IOException {
    KeyedJob<FileBatch> job =
        new KeyedJob<>(
            engine, listener, store, workplace, batch -> PlanPart.action(batch.getKey()));
    List<FileBatch> unknown = job.unknown(input.batches());
    if (!unknown.isEmpty()) {
      listener.note("planning " + unknown.stream().mapToInt(FileBatch::getFiles).sum() + " files");
      WorkerStore workers =
          workplace.open(Map.of("input", input.root(), "listing", listing(unknown)));
      job.run(
          key.job("plan"),
          unknown,
          left -> PlanPipeline.of(workers, config.source(), input.place(), left));
      workplace.done();
    }
    List<PlanPart> parts = new ArrayList<>();
    for (FileBatch batch : input.batches()) {
      parts.add(
          find(batch.getKey())
              .orElseThrow(
                  () -> new IOException("Cannot find plan: " + batch.getKey() + " (made)")));
    }
    if (!input.batches().isEmpty()) {
      PlannedBatches.keep(
          store, config.ref(), ListingWriter.kind(config.source()), input.root(), input.batches());
    }
    Plan plan = new PlanMerge(store, config.shardRecords(), store.forgotten().ids()).merge(parts);
    if (plan.forgotten() > 0) {
      listener.note(plan.forgotten() + " documents are left out: their ids are forgotten");
    }
    if (plan.descriptions() > 0) {
      listener.note(
          plan.descriptions()
              + " records describe documents that are not in the input: passed over");
    }
    return plan;
  }

  /** All batches of an input are in one listing. */
  private static Cid listing(List<FileBatch> batches) throws IOException {
    return Cid.parse(batches.get(0).getListing());
  }

  private Optional<PlanPart> find(String key) throws IOException {
    Optional<String> action = store.wholeAction(PlanPart.action(key));
    return action.isEmpty() ? Optional.empty() : Optional.of(PlanPart.fromJson(key, action.get()));
  }
}
