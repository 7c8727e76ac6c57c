package dev.cairn.pipelines;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Commit;
import dev.cairn.io.store.Ref;
import dev.cairn.io.store.tier.StorePolicy;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.models.HubAccess;
import dev.cairn.models.remote.RemoteLimits;
import dev.cairn.models.use.ModelAccess;
import dev.cairn.transforms.caselaw.CaselawSource;
import dev.cairn.transforms.embed.VectorSettings;
import dev.cairn.transforms.embed.VectorType;
import dev.cairn.transforms.record.RecordSource;
import dev.cairn.transforms.text.ChunkSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Configurations of runs over one home, from a base that tests vary. Immutable. */
final class Runs {
  static final String REF = "caselaw";

  /** What varies; each of {@link Runs} has its own. */
  private static final class Draft {
    RecordSource source = new CaselawSource();
    Path home;
    List<String> inputs = List.of();
    int shardRecords = 4;
    String maxFailed = "5%";
    @Nullable Path outputFolder;
    boolean dryRun;
    Sharing sharing = Sharing.FILES;
    List<String> reuse = List.of();
    String model = "builtin:all-MiniLM-L6-v2";
    RemoteLimits limits = RemoteLimits.interactive();
    Numerics numerics = Numerics.ASK;
    VectorType vectorType = VectorType.F32;
    OutputChecks checks = OutputChecks.NONE;

    Draft(Path home) {
      this.home = home;
    }

    Draft(Draft other) {
      this.source = other.source;
      this.home = other.home;
      this.inputs = other.inputs;
      this.shardRecords = other.shardRecords;
      this.maxFailed = other.maxFailed;
      this.outputFolder = other.outputFolder;
      this.dryRun = other.dryRun;
      this.sharing = other.sharing;
      this.reuse = other.reuse;
      this.model = other.model;
      this.limits = other.limits;
      this.numerics = other.numerics;
      this.vectorType = other.vectorType;
      this.checks = other.checks;
    }
  }

  private final Draft draft;

  private Runs(Draft draft) {
    this.draft = draft;
  }

  static Runs of(Path home, Path... inputs) {
    return new Runs(new Draft(home))
        .withInputs(Stream.of(inputs).map(Path::toString).toArray(String[]::new));
  }

  private Runs with(Consumer<Draft> change) {
    Draft copy = new Draft(draft);
    change.accept(copy);
    return new Runs(copy);
  }

  /** The same run in another home. */
  Runs at(Path other) {
    return with(d -> d.home = other);
  }

  Runs withInputs(String... others) {
    return with(d -> d.inputs = List.of(others));
  }

  Runs withMaxFailed(String other) {
    return with(d -> d.maxFailed = other);
  }

  Runs withShardRecords(int other) {
    return with(d -> d.shardRecords = other);
  }

  Runs withOutput(Path other) {
    return with(d -> d.outputFolder = other);
  }

  Runs withDryRun() {
    return with(d -> d.dryRun = true);
  }

  Runs withInputIntoStore() {
    return with(d -> d.sharing = Sharing.FOLDER);
  }

  Runs withSource(RecordSource other) {
    return with(d -> d.source = other);
  }

  Runs withReuse(String... targets) {
    return with(d -> d.reuse = List.of(targets));
  }

  Runs withModel(String other) {
    return with(d -> d.model = other);
  }

  Runs withVectors(VectorType other) {
    return with(d -> d.vectorType = other);
  }

  Runs withLimits(RemoteLimits others) {
    return with(d -> d.limits = others);
  }

  Runs withNumerics(Numerics other) {
    return with(d -> d.numerics = other);
  }

  Runs withChecks(OutputChecks others) {
    return with(d -> d.checks = others);
  }

  EmbedConfig config() {
    return new EmbedConfig(
        draft.source,
        draft.inputs,
        REF,
        draft.model,
        new ModelAccess(draft.limits, HubAccess.of(Map.of()).fetching(false)),
        new ChunkSettings(64, 0),
        new VectorSettings(false, draft.vectorType),
        draft.shardRecords,
        Allowance.parse("--max-failed", draft.maxFailed),
        draft.numerics,
        draft.reuse,
        draft.checks,
        draft.outputFolder,
        draft.dryRun,
        draft.sharing,
        policy());
  }

  StorePolicy policy() {
    return StorePolicy.local(draft.home, "test");
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
      Commit commit = Commit.of(Cid.parse(dataset), parent, Instant.EPOCH, "by-hand", Map.of());
      try (var writer = store.local().newWriter()) {
        writer.put(commit.toBlock());
        writer.seal();
      }
      return store.local().refs().move(REF, parent, commit.toBlock().cid()).commit();
    }
  }
}
