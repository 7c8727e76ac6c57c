package dev.cairn.io.unixfs;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.block.DagPb;
import dev.cairn.io.cid.Codec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes files, folders and links in profile {@code unixfs-v1-2025}. Everything goes to one {@link
 * BlockWriter}, which the caller seals and closes; several files and folders may be open at once,
 * but all on one thread.
 */
public final class UnixFsWriter {
  /** Bytes of a link's target at most: PATH_MAX of Linux. */
  public static final int MAX_TARGET_BYTES = 4096;

  private final BlockWriter out;
  private final Path tempFolder;
  private final int sortMemoryBytes;

  /**
   * A writer.
   *
   * @param tempFolder an existing folder for the sorting of large folders; they delete what they
   *     put there
   */
  public UnixFsWriter(BlockWriter out, Path tempFolder) {
    this(out, tempFolder, DirectoryWriter.SORT_BYTES);
  }

  UnixFsWriter(BlockWriter out, Path tempFolder, int sortMemoryBytes) {
    this.out = out;
    this.tempFolder = tempFolder;
    this.sortMemoryBytes = sortMemoryBytes;
  }

  /** Begins a file. */
  public FileWriter file() {
    return new FileWriter(out);
  }

  /** Begins a folder; close it, also when it was finished. */
  public DirectoryWriter directory() {
    return new DirectoryWriter(out, tempFolder, sortMemoryBytes);
  }

  /** Writes a symbolic link; the target is kept as it is. */
  public Written symlink(String target) throws IOException {
    ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(target));
    if (utf8.remaining() > MAX_TARGET_BYTES) {
      throw new RefusedPathException(
          "Cannot write link: target of "
              + utf8.remaining()
              + " bytes (at most "
              + MAX_TARGET_BYTES
              + ")");
    }
    byte[] bytes = new byte[utf8.remaining()];
    utf8.get(bytes);
    byte[] node = DagPb.encode(List.of(), UnixFsData.symlink(bytes).encode());
    Block block = Block.of(Codec.DAG_PB, node);
    out.put(block);
    return new Written(block.cid(), bytes.length, block.size());
  }
}
