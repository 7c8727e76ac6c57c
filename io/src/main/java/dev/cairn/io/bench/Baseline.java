package dev.cairn.io.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import org.apache.commons.codec.digest.DigestUtils;

/** What a program that only hashes or only copies does with a file, on one thread. */
final class Baseline {
  private static final int PIECE_BYTES = 1 << 20;

  private Baseline() {}

  /** Nanoseconds that SHA-256 takes over a file's bytes; reading them does not count. */
  static long hashNanos(Path file) throws IOException {
    MessageDigest sha256 = DigestUtils.getSha256Digest();
    ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
    long nanos = 0;
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      while (in.read(piece.clear()) >= 0) {
        piece.flip();
        long start = System.nanoTime();
        sha256.update(piece);
        nanos += System.nanoTime() - start;
      }
    }
    long start = System.nanoTime();
    sha256.digest();
    return nanos + System.nanoTime() - start;
  }

  /** Copies a file, which stays through a power loss when this returns; returns its bytes. */
  static long copyDurably(Path from, Path to) throws IOException {
    long bytes = copy(from, to, true);
    try (FileChannel folder = FileChannel.open(to.resolveSibling(""), StandardOpenOption.READ)) {
      folder.force(true);
    }
    return bytes;
  }

  /** Copies a file into the page cache, and returns its bytes. */
  static long copy(Path from, Path to) throws IOException {
    return copy(from, to, false);
  }

  private static long copy(Path from, Path to, boolean force) throws IOException {
    ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES);
    try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ);
        FileChannel out =
            FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      while (in.read(piece.clear()) >= 0) {
        piece.flip();
        while (piece.hasRemaining()) {
          out.write(piece);
        }
      }
      if (force) {
        out.force(false);
      }
      return out.position();
    }
  }
}
