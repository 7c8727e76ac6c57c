package dev.cairn.pipelines.search;

import dev.cairn.io.block.BlockStore;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.format.ParquetTableReader;
import dev.cairn.io.table.ColumnType;
import dev.cairn.io.table.TableSchema;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.pipelines.ReplacedFile;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Indexes of the words of chunks, one for each file of chunks, in the cache. A row's number in the
 * file is its document's number in the index, so that an index holds no text.
 */
final class KeywordFiles {
  static final String ID = "id";
  static final String TEXT = "text";
  static final String TITLE = "title";

  /** Raised whenever an index of the same file would be another. */
  private static final String VERSION = "words-1-";

  /** A file is far smaller; more only means more segments. */
  private static final int BUFFER_MEGABYTES = 64;

  private final BlockStore store;
  private final Path folder;

  KeywordFiles(BlockStore store, Path folder) {
    this.store = store;
    this.folder = folder;
  }

  /** The folder of a file's index, made if it is missing. Processes may do this at once. */
  Path ready(Cid chunks) throws IOException {
    Path index = folder.resolve(VERSION + chunks);
    if (!Files.isDirectory(index)) {
      Files.createDirectories(folder);
      Path temp = Files.createTempDirectory(folder, ".words");
      try {
        build(chunks, temp);
        Files.move(temp, index, StandardCopyOption.ATOMIC_MOVE);
      } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
        ReplacedFile.delete(temp); // another process was faster
      } catch (IOException | RuntimeException e) {
        ReplacedFile.delete(temp);
        throw e;
      }
    }
    return index;
  }

  private void build(Cid chunks, Path target) throws IOException {
    TableSchema columns =
        TableSchema.builder()
            .column(ID, ColumnType.string(), true)
            .column(TEXT, ColumnType.string(), true)
            .column(TITLE, ColumnType.string(), false)
            .build();
    IndexWriterConfig config =
        new IndexWriterConfig(Words.ANALYZER)
            .setUseCompoundFile(true)
            .setMergePolicy(NoMergePolicy.INSTANCE) // rows stay in their order
            .setRAMBufferSizeMB(BUFFER_MEGABYTES);
    try (FSDirectory directory = FSDirectory.open(target);
        IndexWriter writer = new IndexWriter(directory, config);
        ParquetTableReader rows =
            ParquetTableReader.open(new UnixFs(store).open(chunks), columns)) {
      for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
        writer.addDocument(document(row));
      }
      writer.commit();
    }
  }

  private static Document document(@Nullable Object[] row) {
    Document document = new Document();
    document.add(new SortedDocValuesField(ID, new BytesRef(String.valueOf(row[0]))));
    document.add(new Field(TEXT, String.valueOf(row[1]), WORDS));
    if (row[2] != null) {
      document.add(new Field(TITLE, row[2].toString(), WORDS));
    }
    return document;
  }

  private static final FieldType WORDS = new FieldType();

  static {
    WORDS.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
    WORDS.setTokenized(true);
    WORDS.freeze();
  }
}
