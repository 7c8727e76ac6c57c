package dev.cairn.io.format;

import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.table.TableSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of a Parquet file in their order, all columns or some. Memory is one row group of the
 * columns that are read. Bytes that are no such table end in {@link MalformedContentException}. For
 * one thread.
 */
public final class ParquetTableReader implements RowReader {
  /** Bytes of a footer at most: some ten thousand row groups of fifty columns. */
  static final int MAX_FOOTER_BYTES = 64 << 20;

  /** Bytes of a column's values in one row group at most: they are held at once. */
  static final long MAX_CHUNK_BYTES = 1L << 30;

  private static final int TAIL_BYTES = 8;

  private final ChannelInput input;
  private final ParquetFileReader file;
  private final TableSchema schema;
  private final MessageType selected;
  private final RowAssembly rows;
  private @Nullable RecordReader<@Nullable Object[]> group;
  private long left;

  private ParquetTableReader(
      ChannelInput input, ParquetFileReader file, @Nullable TableSchema wanted, boolean lenient)
      throws IOException {
    this.input = input;
    this.file = file;
    FileMetaData footer = file.getFileMetaData();
    FileColumns columns =
        new FileColumns(
            footer.getSchema(),
            ArrowFooter.dimensions(footer.getKeyValueMetaData().get(ArrowFooter.KEY)));
    this.schema = wanted != null ? wanted : lenient ? columns.readable() : columns.all();
    this.selected = columns.select(schema);
    this.rows = new RowAssembly(schema);
    file.setRequestedSchema(selected);
  }

  /**
   * Opens a table with all its columns.
   *
   * @param channel closed by {@link #close}, and if opening fails
   * @throws MalformedContentException if it is no Parquet file or a column is of no type of ours
   */
  public static ParquetTableReader open(SeekableByteChannel channel) throws IOException {
    return opened(channel, null, false);
  }

  /**
   * Opens a table with the columns of {@code wanted}, in its order.
   *
   * @param channel closed by {@link #close}, and if opening fails
   * @throws MalformedContentException if it is no Parquet file, or a column is missing or of
   *     another type
   */
  public static ParquetTableReader open(SeekableByteChannel channel, TableSchema wanted)
      throws IOException {
    return opened(channel, wanted, false);
  }

  /**
   * Opens a table with those of its columns that are of a type of ours, whatever the others are.
   *
   * @param channel closed by {@link #close}, and if opening fails
   * @throws MalformedContentException if it is no Parquet file, or no column can be read
   */
  public static ParquetTableReader openReadable(SeekableByteChannel channel) throws IOException {
    return opened(channel, null, true);
  }

  private static ParquetTableReader opened(
      SeekableByteChannel channel, @Nullable TableSchema wanted, boolean lenient)
      throws IOException {
    ChannelInput input = new ChannelInput(channel);
    boolean done = false;
    try {
      checkTail(input);
      ParquetReadOptions options =
          ParquetReadOptions.builder(new PlainParquetConfiguration())
              .withCodecFactory(new PageCodecs())
              .usePageChecksumVerification()
              .build();
      ParquetFileReader file = new ParquetFileReader(input, options);
      checkChunks(file, channel.size());
      ParquetTableReader reader = new ParquetTableReader(input, file, wanted, lenient);
      done = true;
      return reader;
    } catch (IOException | RuntimeException e) {
      throw judged(input, e);
    } finally {
      if (!done) {
        channel.close();
      }
    }
  }

  @Override
  public TableSchema schema() {
    return schema;
  }

  /** Rows of the table. */
  public long rows() {
    return file.getRecordCount();
  }

  @Override
  public @Nullable Object @Nullable [] next() throws IOException {
    try {
      RecordReader<@Nullable Object[]> records = group;
      while (records == null || left == 0) {
        PageReadStore pages = file.readNextRowGroup();
        if (pages == null) {
          return null;
        }
        MessageColumnIO columns = new ColumnIOFactory().getColumnIO(selected);
        records = columns.getRecordReader(pages, rows);
        group = records;
        left = pages.getRowCount();
      }
      left--;
      return records.read();
    } catch (IOException | RuntimeException e) {
      throw judged(input, e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /**
   * What an error means: the channel's own failure, or bytes that are no table. The library reports
   * those by whatever exception they lead to.
   */
  private static IOException judged(ChannelInput input, Exception e) {
    IOException failure = input.failure();
    if (failure != null) {
      return failure;
    }
    if (e instanceof MalformedContentException malformed) {
      return malformed;
    }
    if (e instanceof UncheckedIOException io
        && io.getCause() instanceof MalformedContentException) {
      return io.getCause();
    }
    return new MalformedContentException("Cannot read table: " + e.getMessage() + " (Parquet)", e);
  }

  /** The library allocates a footer of whatever length the file states. */
  private static void checkTail(ChannelInput input) throws IOException {
    long size = input.getLength();
    if (size < TAIL_BYTES) {
      throw new MalformedContentException("Cannot read table: " + size + " bytes (Parquet)");
    }
    ByteBuffer tail = ByteBuffer.allocate(TAIL_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    input.seek(size - TAIL_BYTES);
    input.readFully(tail);
    int footer = tail.getInt(0);
    if (footer < 0 || footer > Math.min(MAX_FOOTER_BYTES, size - TAIL_BYTES)) {
      throw new MalformedContentException(
          "Cannot read table: footer of " + footer + " bytes (at most " + MAX_FOOTER_BYTES + ")");
    }
  }

  /** And column chunks of whatever length the footer states. */
  private static void checkChunks(ParquetFileReader file, long size) throws IOException {
    for (BlockMetaData group : file.getRowGroups()) {
      for (ColumnChunkMetaData chunk : group.getColumns()) {
        long start = chunk.getStartingPos();
        long bytes = chunk.getTotalSize();
        if (start < 0 || bytes < 0 || bytes > MAX_CHUNK_BYTES || start > size - bytes) {
          throw new MalformedContentException(
              "Cannot read column: "
                  + chunk.getPath().toDotString()
                  + " ("
                  + bytes
                  + " bytes at "
                  + start
                  + "; inside the file, at most "
                  + MAX_CHUNK_BYTES
                  + ")");
        }
      }
    }
  }
}
