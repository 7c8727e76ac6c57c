package dev.cairn.io.block;

import dev.cairn.io.cid.Cid;
import java.io.Closeable;
import java.io.IOException;

/**
 * Where blocks are. Every implementation hashes each block when it is read, looks blocks up by
 * multihash (the codec of the CID only names them), answers identity CIDs from the CID itself, and
 * is safe for use by several threads.
 */
public interface BlockStore extends Closeable {

  /**
   * The block of {@code cid}, hashed on this read.
   *
   * @throws MissingBlockException if it is not here
   * @throws CorruptBlockException if the bytes are not those of the CID
   * @throws IOException if storage cannot be read
   */
  Block get(Cid cid) throws IOException;

  /**
   * As {@link #get(Cid)}, for who reads a span of a file: a store may fetch with the block what
   * else the span needs.
   *
   * @param cid the file's root or a block below it on the way to the span
   */
  default Block get(Cid cid, FileSpan span) throws IOException {
    return get(cid);
  }

  /**
   * True if the block is here, without reading it.
   *
   * @throws IOException if storage cannot be read; never a substitute answer
   */
  boolean has(Cid cid) throws IOException;

  @Override
  void close() throws IOException;
}
