package dev.cairn.pipelines.search;

import dev.cairn.io.block.IntegrityException;
import dev.cairn.io.dataset.DataFile;
import dev.cairn.transforms.index.ChunkFields;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiReader;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.store.FSDirectory;

/**
 * Which row of which file of chunks a document of an index is: they are in the same order.
 *
 * @param starts the number of each file's first row in the index
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Rows(IndexReader reader, int[] starts) implements Closeable {

  /**
   * Opens an index of all files.
   *
   * @throws IntegrityException if it has not as many rows as they have
   */
  static Rows open(Path index, List<DataFile> files) throws IOException {
    return of(DirectoryReader.open(FSDirectory.open(index)), files);
  }

  /** Opens an index for each file. */
  static Rows open(List<Path> indexes, List<DataFile> files) throws IOException {
    List<IndexReader> readers = new ArrayList<>();
    try {
      for (Path index : indexes) {
        readers.add(DirectoryReader.open(FSDirectory.open(index)));
      }
    } catch (IOException | RuntimeException e) {
      for (IndexReader reader : readers) {
        reader.close();
      }
      throw e;
    }
    return of(new MultiReader(readers.toArray(IndexReader[]::new), true), files);
  }

  private static Rows of(IndexReader reader, List<DataFile> files) throws IOException {
    int[] starts = new int[files.size()];
    long start = 0;
    for (int i = 0; i < starts.length; i++) {
      starts[i] = Math.toIntExact(start);
      start += files.get(i).rows();
    }
    if (start != reader.maxDoc()) {
      reader.close();
      throw new IntegrityException(
          "Cannot use index: " + reader.maxDoc() + " rows (" + start + ", as the dataset)");
    }
    return new Rows(reader, starts);
  }

  /** The place of a document. */
  Place place(int doc) {
    int file = ReaderUtil.subIndex(doc, starts);
    return new Place(file, doc - starts[file]);
  }

  /** The id of the document that a chunk is of. */
  String id(int doc) throws IOException {
    List<LeafReaderContext> leaves = reader.leaves();
    LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(doc, leaves));
    SortedDocValues ids = leaf.reader().getSortedDocValues(ChunkFields.ID);
    ids.advanceExact(doc - leaf.docBase);
    return ids.lookupOrd(ids.ordValue()).utf8ToString();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
