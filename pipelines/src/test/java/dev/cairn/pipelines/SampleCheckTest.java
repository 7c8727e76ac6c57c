package dev.cairn.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.DataFile;
import dev.cairn.io.dataset.Manifest;
import dev.cairn.io.format.ParquetTableReader;
import dev.cairn.io.format.ParquetTableWriter;
import dev.cairn.io.format.RowGroups;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.io.unixfs.DirectoryWriter;
import dev.cairn.io.unixfs.FileWriter;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.io.unixfs.UnixFsWriter;
import dev.cairn.transforms.embed.ShardReceipt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(ModelLease.class)
class SampleCheckTest {
  private static final int EMBEDDING = 8;

  @TempDir static Path temp;
  private static Runs runs;
  private static Cid dataset;

  @BeforeAll
  static void embed() throws IOException {
    runs = Runs.of(temp.resolve("home"), Cases.write(temp.resolve("input"), 6));
    dataset = Cid.parse(String.valueOf(runs.run().dataset()));
  }

  @Test
  void findsTheVectorsThatTheModelGives() throws IOException {
    try (TieredStore store = runs.policy().open()) {
      SampleCheck check = new SampleCheck(store, dataset);
      SampleCheck.Result some = check.compare(2);
      assertThat(some.sampled()).isEqualTo(2);
      assertThat(some.isWithinTolerance()).isTrue();
      SampleCheck.Result all = check.compare(1000);
      assertThat(all.sampled()).isEqualTo(6);
      assertThat(all.isWithinTolerance()).isTrue();
    }
  }

  @Test
  void findsAVectorThatIsNotTheModels() throws IOException {
    try (TieredStore store = runs.policy().open()) {
      SampleCheck.Result result = new SampleCheck(store, tampered(store.local())).compare(1000);
      assertThat(result.isWithinTolerance()).isFalse();
      assertThat(result.maxAbsDifference()).isBetween(0.0009, 0.0011);
    }
  }

  /** A dataset whose manifest names a file of chunks with one float of one vector changed. */
  private static Cid tampered(LocalStore store) throws IOException {
    Manifest manifest = Manifests.read(store, dataset);
    DataFile file = manifest.table(ShardReceipt.CHUNKS).get(0);
    try (BlockWriter writer = store.newWriter()) {
      UnixFsWriter objects = new UnixFsWriter(writer, temp);
      String other = copyTampered(store, file.cid(), objects).toString();
      String json = new String(manifest.toJson(), StandardCharsets.UTF_8);
      FileWriter changed = objects.file();
      changed.write(json.replace(file.cid().toString(), other).getBytes(StandardCharsets.UTF_8));
      DirectoryWriter folder = objects.directory();
      folder.add(Manifest.FILE, changed.finish());
      Cid cid = folder.finish().cid();
      writer.seal();
      return cid;
    }
  }

  private static Cid copyTampered(LocalStore store, Cid chunks, UnixFsWriter objects)
      throws IOException {
    FileWriter copy = objects.file();
    try (ParquetTableReader rows = ParquetTableReader.open(new UnixFs(store).open(chunks));
        ParquetTableWriter out =
            ParquetTableWriter.open(copy, rows.schema(), RowGroups.rows(4096))) {
      boolean first = true;
      for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
        if (first && row[EMBEDDING] instanceof float[] vector) {
          vector[7] += 0.001f;
        }
        first = false;
        out.write(row);
      }
    }
    return copy.finish().cid();
  }
}
