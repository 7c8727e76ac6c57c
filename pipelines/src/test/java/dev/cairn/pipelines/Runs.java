package dev.cairn.pipelines;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Commit;
import dev.cairn.io.store.Ref;
import dev.cairn.io.store.tier.StorePolicy;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.transforms.caselaw.CaselawSource;
import dev.cairn.transforms.record.RecordSource;
import dev.cairn.transforms.text.ChunkSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Configurations of runs over one home, from a base that tests vary. Immutable. */
record Runs(
    RecordSource source,
    Path home,
    List<String> inputs,
    int shardRecords,
    String maxFailed,
    @Nullable Path outputFolder,
    boolean dryRun,
    Sharing sharing,
    List<String> reuse,
    OutputChecks checks) {
  static final String REF = "caselaw";

  static Runs of(Path home, Path... inputs) {
    return new Runs(
        new CaselawSource(),
        home,
        List.of(inputs).stream().map(Path::toString).toList(),
        4,
        "5%",
        null,
        false,
        Sharing.FILES,
        List.of(),
        OutputChecks.NONE);
  }

  /** The same run in another home. */
  Runs at(Path other) {
    return new Runs(
        source,
        other,
        inputs,
        shardRecords,
        maxFailed,
        outputFolder,
        dryRun,
        sharing,
        reuse,
        checks);
  }

  Runs withInputs(String... others) {
    return new Runs(
        source,
        home,
        List.of(others),
        shardRecords,
        maxFailed,
        outputFolder,
        dryRun,
        sharing,
        reuse,
        checks);
  }

  Runs withMaxFailed(String other) {
    return new Runs(
        source, home, inputs, shardRecords, other, outputFolder, dryRun, sharing, reuse, checks);
  }

  Runs withShardRecords(int other) {
    return new Runs(
        source, home, inputs, other, maxFailed, outputFolder, dryRun, sharing, reuse, checks);
  }

  Runs withOutput(Path other) {
    return new Runs(
        source, home, inputs, shardRecords, maxFailed, other, dryRun, sharing, reuse, checks);
  }

  Runs withDryRun() {
    return new Runs(
        source, home, inputs, shardRecords, maxFailed, outputFolder, true, sharing, reuse, checks);
  }

  Runs withInputIntoStore() {
    return new Runs(
        source,
        home,
        inputs,
        shardRecords,
        maxFailed,
        outputFolder,
        dryRun,
        Sharing.FOLDER,
        reuse,
        checks);
  }

  Runs withSource(RecordSource other) {
    return new Runs(
        other, home, inputs, shardRecords, maxFailed, outputFolder, dryRun, sharing, reuse, checks);
  }

  Runs withReuse(String... targets) {
    return new Runs(
        source,
        home,
        inputs,
        shardRecords,
        maxFailed,
        outputFolder,
        dryRun,
        sharing,
        List.of(targets),
        checks);
  }

  Runs withChecks(OutputChecks others) {
    return new Runs(
        source,
        home,
        inputs,
        shardRecords,
        maxFailed,
        outputFolder,
        dryRun,
        sharing,
        reuse,
        others);
  }

  EmbedConfig config() {
    return new EmbedConfig(
        source,
        inputs,
        REF,
        "builtin:all-MiniLM-L6-v2",
        new ChunkSettings(64, 0),
        false,
        shardRecords,
        Allowance.parse("--max-failed", maxFailed),
        false,
        reuse,
        checks,
        outputFolder,
        dryRun,
        sharing,
        policy());
  }

  StorePolicy policy() {
    return StorePolicy.local(home, "test");
  }

  RunReport run() throws IOException {
    return run(new TestEngine(2));
  }

  RunReport run(Engine engine) throws IOException {
    return run(engine, new Notes());
  }

  RunReport run(Engine engine, RunListener listener) throws IOException {
    return new EmbedRun(config(), engine, listener, EmbedRun.newName()).run();
  }

  /** The commit that the ref names, or null. */
  @Nullable Cid commit() throws IOException {
    try (TieredStore store = policy().open()) {
      Ref ref = store.local().refs().current(REF);
      return ref == null ? null : ref.commit();
    }
  }

  /** Makes a commit of a dataset that is in the store, and moves the ref to it. */
  Cid moveTo(String dataset) throws IOException {
    try (TieredStore store = policy().open()) {
      Ref before = store.local().refs().current(REF);
      Cid parent = before == null ? null : before.commit();
      Commit commit =
          Commit.of(
              Cid.parse(dataset), parent, java.time.Instant.EPOCH, "by-hand", java.util.Map.of());
      try (var writer = store.local().newWriter()) {
        writer.put(commit.toBlock());
        writer.seal();
      }
      return store.local().refs().move(REF, parent, commit.toBlock().cid()).commit();
    }
  }
}
