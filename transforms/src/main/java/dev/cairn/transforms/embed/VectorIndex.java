package dev.cairn.transforms.embed;

import dev.cairn.io.block.BlockStore;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.sort.ExternalSorter;
import dev.cairn.io.sort.SortCodec;
import dev.cairn.io.sort.Sorted;
import dev.cairn.io.unixfs.FileWriter;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.transforms.record.SystemTemp;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Vectors of any dataset by what they were made of: an object in the store of records of one size,
 * {@link VectorKey#digest} and the floats (big-endian), sorted by digest, each digest once. Looking
 * up reads a few blocks. Not thread-safe.
 */
public final class VectorIndex implements Closeable {
  private static final long SORT_BYTES = 64L << 20;

  /** Guesses by a digest's value, which is evenly spread, before halving takes over. */
  private static final int MAX_GUESSES = 6;

  private final SeekableByteChannel records;
  private final int dimension;
  private final int recordBytes;
  private final long count;

  private VectorIndex(SeekableByteChannel records, int dimension) throws IOException {
    this.records = records;
    this.dimension = dimension;
    this.recordBytes = recordBytes(dimension);
    this.count = records.size() / recordBytes;
    if (records.size() % recordBytes != 0) {
      throw new MalformedContentException(
          "Cannot read vector index: "
              + records.size()
              + " bytes (records of "
              + recordBytes
              + ")");
    }
  }

  private static int recordBytes(int dimension) {
    return VectorKey.DIGEST_BYTES + Float.BYTES * dimension;
  }

  /** Opens what {@link #write} wrote for vectors of this dimension. */
  static VectorIndex open(BlockStore store, Cid index, int dimension) throws IOException {
    SeekableByteChannel records = new UnixFs(store).open(index);
    try {
      return new VectorIndex(records, dimension);
    } catch (IOException e) {
      records.close();
      throw e;
    }
  }

  /**
   * Writes the index of a dataset's chunks. Memory is bounded; the rest is sorted on disk.
   *
   * @param files of its chunks table
   * @param titles true if chunks were embedded behind their document's title
   * @param dimension of the vectors
   * @param out takes the records; ending it is the caller's
   */
  public static void write(
      BlockStore store, List<Cid> files, boolean titles, int dimension, FileWriter out)
      throws IOException {
    try (VectorRows rows = new VectorRows(store, files, titles, dimension);
        ExternalSorter<Entry> sorter =
            new ExternalSorter<>(
                SystemTemp.FOLDER, new EntryCodec(dimension), Entry::compareTo, SORT_BYTES)) {
      for (VectorRows.Row row = rows.next(); row != null; row = rows.next()) {
        sorter.add(new Entry(row.key().digest(), row.vector().values()));
      }
      DataOutputStream records = new DataOutputStream(out);
      EntryCodec codec = new EntryCodec(dimension);
      Sorted<Entry> sorted = sorter.sorted();
      Entry before = null;
      for (Entry entry = sorted.next(); entry != null; entry = sorted.next()) {
        if (before == null || before.compareTo(entry) != 0) {
          codec.write(entry, records);
        }
        before = entry;
      }
      records.flush();
    }
  }

  /** The vector of a key, null if it has none. */
  float @Nullable [] find(VectorKey key) throws IOException {
    byte[] wanted = key.digest();
    long low = 0;
    long high = count;
    for (int step = 0; low < high; step++) {
      long middle = step < MAX_GUESSES ? guess(wanted, low, high) : low + (high - low) / 2;
      byte[] record = read(middle);
      int order = Arrays.compareUnsigned(record, 0, wanted.length, wanted, 0, wanted.length);
      if (order == 0) {
        return floats(record);
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return null;
  }

  /** Where a digest would be among all, kept between what is known. */
  private long guess(byte[] wanted, long low, long high) {
    double share = (ByteBuffer.wrap(wanted).getInt() & 0xffff_ffffL) / (double) (1L << 32);
    return Math.max(low, Math.min(high - 1, (long) (share * count)));
  }

  private byte[] read(long record) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(recordBytes);
    records.position(record * recordBytes);
    while (bytes.hasRemaining()) {
      if (records.read(bytes) < 0) {
        throw new EOFException("Cannot read vector index: record " + record + " of " + count);
      }
    }
    return bytes.array();
  }

  private float[] floats(byte[] record) {
    float[] vector = new float[dimension];
    ByteBuffer.wrap(record).position(VectorKey.DIGEST_BYTES).asFloatBuffer().get(vector);
    return vector;
  }

  @Override
  public void close() throws IOException {
    records.close();
  }

  /** A record. */
  @SuppressWarnings("ArrayRecordComponent") // compared by digest below
  private record Entry(byte[] digest, float[] vector) {
    int compareTo(Entry other) {
      return Arrays.compareUnsigned(digest, other.digest);
    }
  }

  private record EntryCodec(int dimension) implements SortCodec<Entry> {
    /** About what an entry takes beside its arrays' bytes. */
    private static final int OBJECT_BYTES = 64;

    @Override
    public long memory(Entry entry) {
      return (long) OBJECT_BYTES + recordBytes(dimension);
    }

    @Override
    public void write(Entry entry, DataOutputStream out) throws IOException {
      ByteBuffer record = ByteBuffer.allocate(recordBytes(dimension)).put(entry.digest());
      record.asFloatBuffer().put(entry.vector());
      out.write(record.array());
    }

    @Override
    public Entry read(DataInputStream in) throws IOException {
      byte[] digest = new byte[VectorKey.DIGEST_BYTES];
      in.readFully(digest);
      byte[] bytes = new byte[Float.BYTES * dimension];
      in.readFully(bytes);
      float[] vector = new float[dimension];
      ByteBuffer.wrap(bytes).asFloatBuffer().get(vector);
      return new Entry(digest, vector);
    }
  }
}
