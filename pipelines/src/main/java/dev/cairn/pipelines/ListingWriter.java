package dev.cairn.pipelines;

import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Multihash;
import dev.cairn.io.dataset.ActionKey;
import dev.cairn.io.dataset.CanonicalJson;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.unixfs.FileWriter;
import dev.cairn.io.unixfs.UnixFsWriter;
import dev.cairn.transforms.record.FileBatch;
import dev.cairn.transforms.record.InputFile;
import dev.cairn.transforms.record.RecordSource;
import dev.cairn.transforms.record.SystemTemp;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Writes the files of an input as an object in the store, sorted by path and cut into batches. A
 * batch ends by content, so that a file more or less changes the batches beside it only.
 */
final class ListingWriter {
  private static final int MAX_FILES = 1024;
  private static final long MAX_BYTES = 64L << 20;

  /** Changed whenever what is kept of a batch's plan has another form. */
  private static final String PLAN_FORMAT = "5";

  /** One path in so many ends a batch. */
  private static final int END_OF = 256;

  private record Cut(
      String key, long offset, int files, long bytes, String first, List<String> earlier) {
    FileBatch batch(Cid listing) {
      return FileBatch.of(key, listing.toString(), offset, files, bytes, first, earlier);
    }
  }

  private final LocalStore store;
  private final RecordSource source;
  private final List<Cut> cuts = new ArrayList<>();
  private final PlannedBatches planned;
  private ActionKey key;
  private String first = "";
  private long start;
  private int count;
  private long size;

  ListingWriter(LocalStore store, RecordSource source, PlannedBatches planned) {
    this.store = store;
    this.source = source;
    this.planned = planned;
    this.key = kind(source);
  }

  List<FileBatch> write(List<InputFile> files) throws IOException {
    files.sort(Comparator.comparing(InputFile::path));
    try (BlockWriter writer = store.newWriter()) {
      FileWriter listing = new UnixFsWriter(writer, SystemTemp.FOLDER).file();
      long offset = 0;
      for (InputFile file : files) {
        byte[] bytes = encode(file);
        listing.write(bytes);
        offset += bytes.length;
        add(file, offset);
      }
      if (count > 0) {
        cut(offset, files.get(files.size() - 1).path());
      }
      Cid cid = listing.finish().cid();
      writer.seal();
      return cuts.stream().map(c -> c.batch(cid)).toList();
    }
  }

  private void add(InputFile file, long end) {
    first = count == 0 ? file.path() : first;
    key.part(file.path()).part(file.cid().toBytes());
    count++;
    size += file.size();
    if (count == MAX_FILES || size >= MAX_BYTES || endsBatch(file.path())) {
      cut(end, file.path());
    }
  }

  private void cut(long end, String last) {
    cuts.add(new Cut(key.hex(), start, count, size, first, planned.between(first, last)));
    key = kind(source);
    start = end;
    count = 0;
    size = 0;
  }

  /** What makes plans of the same files the same. */
  static ActionKey kind(RecordSource source) {
    return ActionKey.of("plan")
        .part(PLAN_FORMAT)
        .part(source.name())
        .part(Integer.toString(source.version()))
        .part(CanonicalJson.write(source.settings()));
  }

  private static boolean endsBatch(String path) {
    byte[] hash = Multihash.sha256(path.getBytes(StandardCharsets.UTF_8)).digest();
    return (hash[0] & 0xff) % END_OF == 0;
  }

  private static byte[] encode(InputFile file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    file.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }
}
