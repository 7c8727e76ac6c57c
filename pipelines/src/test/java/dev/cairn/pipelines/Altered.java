package dev.cairn.pipelines;

import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.DataFile;
import dev.cairn.io.dataset.Manifest;
import dev.cairn.io.format.ParquetTableReader;
import dev.cairn.io.format.ParquetTableWriter;
import dev.cairn.io.format.RowGroups;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.unixfs.DirectoryWriter;
import dev.cairn.io.unixfs.FileWriter;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.io.unixfs.UnixFsWriter;
import dev.cairn.transforms.embed.ShardReceipt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Datasets that tell other things of themselves than they are. */
final class Altered {
  private static final int EMBEDDING = 8;

  private Altered() {}

  /** A dataset of the same files, none of them listed but its manifest, whose JSON is changed. */
  static Cid manifest(LocalStore store, Cid dataset, Path temp, UnaryOperator<String> change)
      throws IOException {
    String json = new String(Manifests.read(store, dataset).toJson(), StandardCharsets.UTF_8);
    try (BlockWriter writer = store.newWriter()) {
      UnixFsWriter objects = new UnixFsWriter(writer, temp);
      FileWriter changed = objects.file();
      changed.write(change.apply(json).getBytes(StandardCharsets.UTF_8));
      DirectoryWriter folder = objects.directory();
      folder.add(Manifest.FILE, changed.finish());
      Cid cid = folder.finish().cid();
      writer.seal();
      return cid;
    }
  }

  /** A dataset whose manifest names a file of chunks with one float of one vector changed. */
  static Cid vector(LocalStore store, Cid dataset, Path temp) throws IOException {
    Manifest manifest = Manifests.read(store, dataset);
    DataFile file = manifest.table(ShardReceipt.CHUNKS).get(0);
    String other;
    try (BlockWriter writer = store.newWriter()) {
      other = copyTampered(store, file.cid(), new UnixFsWriter(writer, temp)).toString();
      writer.seal();
    }
    return manifest(store, dataset, temp, json -> json.replace(file.cid().toString(), other));
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
