package dev.cairn.io.bench;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A temporary folder. Closing deletes it with all that is in it. */
record Scratch(Path folder) implements Closeable {

  /** Makes a folder of a new name below {@code parent}, which exists. */
  static Scratch in(Path parent) throws IOException {
    return new Scratch(Files.createTempDirectory(parent, "cairn-bench-"));
  }

  /** A new folder in this one. */
  Scratch inside() throws IOException {
    return in(folder);
  }

  /** A path in the folder. */
  Path path(String name) {
    return folder.resolve(name);
  }

  /**
   * Frees the room and the page cache of what is in the folder. Nothing is deleted yet: ext4
   * without a journal looks at each inode that was just deleted before it makes the next file,
   * which would cost the acts that come after a second and more.
   */
  void empty() throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            try (FileChannel open = FileChannel.open(file, StandardOpenOption.WRITE)) {
              open.truncate(0);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Override
  public void close() throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
