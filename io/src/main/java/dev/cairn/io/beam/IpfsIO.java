package dev.cairn.io.beam;

import org.apache.beam.sdk.io.Compression;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.util.SerializableUtils;

/**
 * Reads and writes content-addressed storage where CIDs and receipts matter. To read files and
 * nothing else no step of this class is needed: {@code TextIO}, {@code ParquetIO}, {@code AvroIO}
 * and {@code FileIO} take {@code ipfs://CID/path} as they take any path.
 *
 * <pre>{@code
 * PCollection<FileIO.ReadableFile> files = pipeline.apply(IpfsIO.read().from("caselaw/data/*"));
 *
 * IpfsWriteResult written = reports.apply(IpfsIO.write());   // KV of path and bytes
 * PCollection<FileReceipt> root = written.getRoot();         // the folder's CID
 * }</pre>
 *
 * A target is a CID, {@code ipfs://CID/path}, {@code /ipfs/CID/path}, {@code ipns://NAME/path} or a
 * ref ({@code caselaw/path}, {@code caselaw@{1}} for one commit back). Its path may be a pattern; a
 * folder means all files below it. Where the store is, {@link IpfsOptions} tell.
 */
public final class IpfsIO {
  private IpfsIO() {}

  /** Reads the files of targets that are known when the pipeline is made. */
  public static IpfsRead read() {
    return IpfsRead.of();
  }

  /** Reads the files of targets that come as elements. */
  public static IpfsReadFiles readFiles() {
    return IpfsReadFiles.of(Compression.AUTO);
  }

  /** Writes each element's bytes as the file at its path. */
  public static IpfsWrite<byte[]> write() {
    return IpfsWrite.of((content, out) -> out.write(content));
  }

  /**
   * Writes each element's values, in their order, as the file at its path: the output of a
   * GroupByKey. The CID is the same again only if the order is.
   *
   * @param sink writes one file; each file has a copy of its own
   */
  public static <ValueT> IpfsWrite<Iterable<ValueT>> write(FileIO.Sink<ValueT> sink) {
    return IpfsWrite.of(new SinkBody<>(SerializableUtils.ensureSerializable(sink)));
  }
}
