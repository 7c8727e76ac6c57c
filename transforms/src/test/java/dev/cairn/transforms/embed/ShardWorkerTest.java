package dev.cairn.transforms.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.dataset.Address;
import dev.cairn.io.dataset.AddressWriter;
import dev.cairn.io.format.ParquetTableReader;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.tier.StorePolicy;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.io.unixfs.FileWriter;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.io.unixfs.UnixFsWriter;
import dev.cairn.models.ModelFiles;
import dev.cairn.models.ModelIdentity;
import dev.cairn.models.ModelRef;
import dev.cairn.models.embed.InferencePool;
import dev.cairn.models.remote.RemoteLimits;
import dev.cairn.transforms.caselaw.CaselawSource;
import dev.cairn.transforms.record.InputRoot;
import dev.cairn.transforms.record.PlannedFolder;
import dev.cairn.transforms.record.StoreNotSharedException;
import dev.cairn.transforms.record.StoreProof;
import dev.cairn.transforms.record.SystemTemp;
import dev.cairn.transforms.record.WorkerStore;
import dev.cairn.transforms.text.ChunkSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One shard with the real model: its rows are what the documents say. */
class ShardWorkerTest {
  private static final String MODEL = "builtin:all-MiniLM-L6-v2";

  @TempDir static Path temp;
  private static Path folder;
  private static StorePolicy policy;
  private static ModelIdentity identity;
  private static ShardTask task;
  private static ShardReceipt receipt;

  @BeforeAll
  static void compute() throws Exception {
    folder = Files.createDirectory(temp.resolve("input"));
    policy = StorePolicy.local(temp.resolve("home"), "test");
    write("a.json", 1, "The court holds that the writ must issue.");
    write("b.json", 2, "word ".repeat(40) + "end.");
    write("c.json", 3, "\\ue000");
    try (TieredStore store = policy.open();
        InferencePool pool =
            InferencePool.acquire(
                ModelFiles.of(ModelRef.parse(MODEL), store.local().cacheFolder()), 32)) {
      identity = pool.identity();
      task = task(store.local(), PlannedFolder.addresses(folder, policy));
    }
    try (ShardWorker worker = ShardWorker.open(settings(identity))) {
      receipt = worker.compute(task).receipt();
    }
  }

  @Test
  void countsWhatItWrote() throws IOException {
    assertThat(receipt.getKey()).isEqualTo(task.getKey());
    assertThat(receipt.getDocuments()).isEqualTo(2);
    assertThat(receipt.getChunks()).isEqualTo(rows(ShardReceipt.CHUNKS).size()).isEqualTo(3);
    assertThat(receipt.getTokens())
        .isEqualTo(rows(ShardReceipt.CHUNKS).stream().mapToLong(row -> count(row)).sum());
    assertThat(receipt.getErrors()).isEqualTo(Map.of("no_tokens", 1L));
  }

  @Test
  void writesARowAChunkWithItsVector() throws IOException {
    List<@Nullable Object[]> rows = rows(ShardReceipt.CHUNKS);
    try (TieredStore store = policy.open();
        InferencePool pool =
            InferencePool.acquire(
                ModelFiles.of(ModelRef.parse(MODEL), store.local().cacheFolder()), 32)) {
      for (@Nullable Object[] row : rows) {
        String text = String.valueOf(row[6]);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(row[7]).isEqualTo(Cid.hashOf(Codec.RAW, bytes).toString());
        assertThat((float[]) row[8]).containsExactly(pool.embed(List.of(text)).get(0));
        assertThat(row).endsWith("cap:" + row[0].toString().substring(4), "1803", null);
      }
    }
    assertThat(rows)
        .extracting(row -> row[0] + " " + row[1] + " " + row[2])
        .containsExactly("cap:1 0 0", "cap:2 0 0", "cap:2 0 1");
  }

  @Test
  void writesARowADocumentThatHasChunks() throws IOException {
    assertThat(rows(ShardReceipt.DOCUMENTS))
        .extracting(row -> row[0])
        .containsExactly("cap:1", "cap:2");
  }

  @Test
  void writesADeadLetterForAPartWithoutTokens() throws IOException {
    List<@Nullable Object[]> rows = rows(ShardReceipt.ERRORS);
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0)).startsWith("c.json", "cap:3", "chunk", "no_tokens");
  }

  @Test
  void computesTheSameShardAgain() throws IOException {
    ShardTask other = task("other", task.getRecords());
    try (ShardWorker worker = ShardWorker.open(settings(identity))) {
      ShardWorker.Outcome again = worker.compute(other);
      assertThat(again.known()).isFalse();
      assertThat(again.bytes()).isPositive();
      assertThat(again.receipt().getShard()).isEqualTo(receipt.getShard());
    }
  }

  @Test
  void doesNotComputeWhatAnotherAttemptHasFinished() throws IOException {
    // The plan does not exist: whoever opened it would fail.
    ShardTask unreadable =
        ShardTask.of(
            task.getKey(), Cid.hashOf(Codec.RAW, new byte[] {1}).toString(), 0, 3, 100, List.of());
    try (ShardWorker worker = ShardWorker.open(settings(identity))) {
      ShardWorker.Outcome known = worker.compute(unreadable);
      assertThat(known.known()).isTrue();
      assertThat(known.receipt()).isEqualTo(receipt);
    }
  }

  @Test
  void namesTheShardAndTheDocumentsThatCannotBeComputed() throws IOException {
    // One more record than the plan has: a fault of ours that no dead letter could stand for.
    ShardTask beyond = task("beyond", task.getRecords() + 1);
    try (ShardWorker worker = ShardWorker.open(settings(identity))) {
      assertThatExceptionOfType(ShardFailedException.class)
          .isThrownBy(() -> worker.compute(beyond))
          .withMessageContaining(beyond.getKey())
          .withMessageContaining("cap:1 to cap:3")
          .withMessageContaining("as many as planned");
      assertThat(worker.compute(task).known()).isTrue();
    }
  }

  @Test
  void refusesAStoreThatIsNotTheLaunchers() throws IOException {
    Path file = temp.resolve("word");
    StoreProof proof = new StoreProof(file.toString(), "word");
    WorkerStore store = WorkerStore.inFolder(policy, proof);
    assertThatExceptionOfType(StoreNotSharedException.class)
        .isThrownBy(store::open)
        .withMessageContaining(policy.home());
    Files.writeString(file, "another");
    assertThatExceptionOfType(StoreNotSharedException.class).isThrownBy(store::open);
    proof.write();
    store.open().close();
  }

  @Test
  void refusesAWorkerOfOtherNumerics() {
    assertThatExceptionOfType(NumericsDifferException.class)
        .isThrownBy(() -> ShardWorker.open(settings(identity.withNumerics("0".repeat(64)))))
        .withMessageContaining(identity.digest());
  }

  private static ShardTask task(String name, int records) {
    return ShardTask.of(name, task.getPlan(), 0, records, 100, List.of());
  }

  private static long count(@Nullable Object[] row) {
    return row[5] instanceof Integer tokens ? tokens : 0;
  }

  private static List<@Nullable Object[]> rows(String table) throws IOException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    try (TieredStore store = policy.open()) {
      UnixFs files = new UnixFs(store);
      Cid file = files.resolve(Cid.parse(receipt.getShard()), table + ".parquet");
      try (ParquetTableReader reader = ParquetTableReader.open(files.open(file))) {
        for (@Nullable Object[] row = reader.next(); row != null; row = reader.next()) {
          rows.add(row);
        }
      }
    }
    return rows;
  }

  private static ShardTask task(LocalStore store, List<Address> addresses) throws IOException {
    try (BlockWriter writer = store.newWriter()) {
      FileWriter plan = new UnixFsWriter(writer, SystemTemp.FOLDER).file();
      AddressWriter out = new AddressWriter(plan);
      for (Address address : addresses) {
        out.write(address);
      }
      Cid cid = plan.finish().cid();
      writer.seal();
      return ShardTask.of("k".repeat(64), cid.toString(), 0, addresses.size(), 100, List.of());
    }
  }

  private static EmbedSettings settings(ModelIdentity identity) {
    return new EmbedSettings(
        WorkerStore.here(policy),
        new CaselawSource(),
        InputRoot.folder(folder),
        MODEL,
        identity,
        RemoteLimits.interactive(),
        new ChunkSettings(32, 0),
        new VectorSettings(false, VectorType.F32),
        List.of(),
        "");
  }

  private static void write(String name, long id, String text) throws IOException {
    Files.writeString(folder.resolve(name), PlannedFolder.line(id, text));
  }
}
