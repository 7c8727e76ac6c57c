package dev.cairn.io.unixfs;

import dev.cairn.io.block.BlockStore;
import dev.cairn.io.block.HashThreads;
import dev.cairn.io.cid.Cid;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes a file, folder or link to a local path. It is written beside the path under another name
 * and renamed when it is whole; after a failure nothing is left.
 *
 * <p>Java writes a link's target without doubled and trailing slashes; all else comes back as it
 * was added, without times and permissions.
 */
public final class FolderGet {
  /** Folders inside each other at most, as in {@link FolderAdd}. */
  public static final int MAX_DEPTH = FolderAdd.MAX_DEPTH;

  private final BlockStore store;

  /** Reads from {@code store}, which the caller closes. */
  public FolderGet(BlockStore store) {
    this.store = store;
  }

  /**
   * Writes {@code root} to {@code target}.
   *
   * @throws RefusedPathException if the target exists; if two names of a folder are one to the file
   *     system there (equal, or by case or normalization where it does not tell them apart); if a
   *     name is no step of a path or a link could lead out of the folder
   * @throws dev.cairn.io.block.IntegrityException if a block is missing or corrupt
   * @throws IOException if something cannot be read or written
   */
  public Got get(Cid root, Path target) throws IOException {
    refuseExisting(target);
    Path folder = Objects.requireNonNullElse(target.toAbsolutePath().getParent(), target);
    Path part = folder.resolve(".cairn-get-" + UUID.randomUUID());
    try (HashThreads threads = HashThreads.standard()) {
      Walk walk = new Walk(threads);
      walk.write(root, part, target, -1);
      refuseExisting(target);
      Files.move(part, target);
      return new Got(walk.bytes, walk.files, walk.symlinks);
    } catch (IOException | RuntimeException e) {
      try {
        deleteTree(part);
      } catch (IOException leftBehind) {
        e.addSuppressed(leftBehind);
      }
      throw e;
    }
  }

  private static void refuseExisting(Path target) throws RefusedPathException {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new RefusedPathException("Cannot write: " + target + " (it exists)");
    }
  }

  private final class Walk {
    private final UnixFs unixfs = new UnixFs(store);
    private final HashThreads threads;
    private long bytes;
    private long files;
    private long symlinks;

    Walk(HashThreads threads) {
      this.threads = threads;
    }

    /**
     * Writes one node.
     *
     * @param shown its place in messages
     * @param depth folders between the root of the tree and the node; -1 for the root itself
     */
    void write(Cid cid, Path to, Path shown, int depth) throws IOException {
      Node node = Node.read(store, cid);
      try {
        switch (node.kind()) {
          case FILE -> writeFile(node, to);
          case DIRECTORY -> writeFolder(node, to, shown, depth + 1);
          case SYMLINK -> writeLink(node, to, shown, Math.max(0, depth));
        }
      } catch (FileAlreadyExistsException e) {
        RefusedPathException refused =
            new RefusedPathException(
                "Cannot write: " + shown + " (another name of its folder is the same here)");
        refused.initCause(e);
        throw refused;
      }
    }

    private void writeFile(Node node, Path to) throws IOException {
      try (OutputStream out =
          Files.newOutputStream(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        bytes += unixfs.copy(node, out, threads);
      }
      files++;
    }

    private void writeFolder(Node node, Path to, Path shown, int depth) throws IOException {
      PathNames.checkEncoding(shown);
      if (depth == MAX_DEPTH) {
        throw new RefusedPathException(
            "Cannot write: " + shown + " (at most " + MAX_DEPTH + " folders inside each other)");
      }
      Files.createDirectory(to);
      Listing entries = unixfs.list(node);
      while (entries.hasNext()) {
        DirEntry entry = entries.next();
        EntryName.check(entry.name());
        write(entry.cid(), to.resolve(entry.name()), shown.resolve(entry.name()), depth);
      }
    }

    private void writeLink(Node node, Path to, Path shown, int depth) throws IOException {
      LinkTarget.check(node.target(), shown.toString(), depth);
      Files.createSymbolicLink(to, to.getFileSystem().getPath(node.target()));
      symlinks++;
    }
  }

  private static void deleteTree(Path tree) throws IOException {
    if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
