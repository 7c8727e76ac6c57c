package dev.cairn.pipelines;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.LocalStore;
import dev.cairn.transforms.record.FileBatch;
import dev.cairn.transforms.record.PlanPart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The first act: every record's address. A batch of files that was planned before is not read. */
final class PlanAct {
  private final EmbedConfig config;
  private final Engine engine;
  private final RunListener listener;
  private final LocalStore store;

  PlanAct(EmbedConfig config, Engine engine, RunListener listener, LocalStore store) {
    this.config = config;
    this.engine = engine;
    this.listener = listener;
    this.store = store;
  }

  Plan plan(InputListing input) throws IOException {
    List<FileBatch> unknown = new ArrayList<>();
    for (FileBatch batch : input.batches()) {
      if (find(batch.getKey()).isEmpty()) {
        unknown.add(batch);
      }
    }
    if (!unknown.isEmpty()) {
      listener.note("planning " + unknown.stream().mapToInt(FileBatch::getFiles).sum() + " files");
      engine.run(
          "cairn-plan-" + config.ref(),
          unknown.size(),
          PlanPipeline.of(config.policy(), config.source(), input.place(), unknown));
    }
    List<PlanPart> parts = new ArrayList<>();
    for (FileBatch batch : input.batches()) {
      parts.add(
          find(batch.getKey())
              .orElseThrow(
                  () -> new IOException("Cannot find plan: " + batch.getKey() + " (made)")));
    }
    return new PlanMerge(store, config.shardRecords()).merge(parts);
  }

  private Optional<PlanPart> find(String key) throws IOException {
    Optional<String> action = store.actions().get(PlanPart.action(key));
    if (action.isEmpty()) {
      return Optional.empty();
    }
    PlanPart part = PlanPart.fromJson(key, action.get());
    for (Cid object : part.objects()) {
      if (!store.isWhole(object)) {
        return Optional.empty();
      }
    }
    return Optional.of(part);
  }
}
