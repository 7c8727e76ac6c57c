package dev.cairn.io.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/**
 * One large file and a folder of small ones, of bytes that do not compress and are always the same.
 *
 * @param large the large file
 * @param small the folder, with {@value #FILES_PER_FOLDER} files in each folder below it
 * @param smallBytes bytes of all small files
 */
record TestFiles(Path large, Path small, long smallBytes) {
  private static final int PIECE_BYTES = 1 << 20;
  private static final int FILES_PER_FOLDER = 200;

  /** A small file is of 1 to 3 KiB: what most pages and cases are. */
  private static final int MIN_SMALL_BYTES = 1 << 10;

  private static final int SMALL_SPREAD_BYTES = 2 << 10;

  static TestFiles write(Scratch scratch, StoreLoad load) throws IOException {
    Random random = new Random(load.largeBytes());
    Path large = scratch.path("large");
    writeLarge(large, load.largeBytes(), random);
    Path small = scratch.path("small");
    return new TestFiles(large, small, writeSmall(small, load.smallFiles(), random));
  }

  /** Forced, so that no copy competes with its source on the way to the disk. */
  private static void writeLarge(Path file, long bytes, Random random) throws IOException {
    byte[] piece = new byte[PIECE_BYTES];
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      long left = bytes;
      while (left > 0) {
        random.nextBytes(piece);
        ByteBuffer from = ByteBuffer.wrap(piece, 0, (int) Math.min(left, PIECE_BYTES));
        while (from.hasRemaining()) {
          left -= out.write(from);
        }
      }
      out.force(true);
    }
  }

  private static long writeSmall(Path folder, int files, Random random) throws IOException {
    long written = 0;
    for (int i = 0; i < files; i++) {
      Path below = folder.resolve("folder-" + i / FILES_PER_FOLDER);
      if (i % FILES_PER_FOLDER == 0) {
        Files.createDirectories(below);
      }
      byte[] bytes = new byte[MIN_SMALL_BYTES + random.nextInt(SMALL_SPREAD_BYTES)];
      random.nextBytes(bytes);
      Files.write(below.resolve("file-" + i), bytes, StandardOpenOption.CREATE_NEW);
      written += bytes.length;
    }
    return written;
  }
}
