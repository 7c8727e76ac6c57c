package dev.cairn.io.unixfs;

import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.block.HashThreads;
import dev.cairn.io.unixfs.AddOptions.Symlinks;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Set;

/**
 * Adds a local file, folder or link, with the CID that {@code ipfs add -r} gives it in profile
 * {@code unixfs-v1-2025}. Empty folders are kept, names are taken byte for byte. Not thread-safe.
 *
 * <pre>{@code
 * try (BlockWriter out = store.writer()) {
 *   Added added = new FolderAdd(out, temp, AddOptions.standard()).add(Path.of("cases"));
 *   out.seal();
 * }
 * }</pre>
 */
public final class FolderAdd {
  /** Folders inside each other at most: each holds an open directory. */
  public static final int MAX_DEPTH = 1000;

  private static final LinkOption[] FOLLOW = {};
  private static final LinkOption[] NOFOLLOW = {LinkOption.NOFOLLOW_LINKS};

  private final BlockWriter out;
  private final Path tempFolder;
  private final AddOptions options;

  /**
   * An adder.
   *
   * @param out where blocks go; the caller seals and closes it
   * @param tempFolder an existing folder for the sorting of large folders
   */
  public FolderAdd(BlockWriter out, Path tempFolder, AddOptions options) {
    this.out = out;
    this.tempFolder = tempFolder;
    this.options = options;
  }

  /**
   * Adds one argument.
   *
   * @throws RefusedPathException for a device, socket or pipe, a name that is not UTF-8, a cycle of
   *     followed links, or a folder in a JVM whose file names are not UTF-8
   * @throws IOException if something cannot be read or written
   */
  public Added add(Path argument) throws IOException {
    CountingWriter counting = new CountingWriter(out);
    try (HashThreads threads = new HashThreads(options.threads())) {
      FileAdd files = new FileAdd(counting, threads);
      Walk walk = new Walk(new UnixFsWriter(counting, tempFolder), files);
      boolean follow = options.symlinks() != Symlinks.KEEP;
      Written root = walk.add(argument, "", follow);
      return new Added(
          root, walk.bytes, walk.files, walk.symlinks, counting.blocks(), counting.newBlocks());
    }
  }

  private final class Walk {
    private final UnixFsWriter writer;
    private final FileAdd fileAdd;
    private final Deque<Object> ancestors = new ArrayDeque<>();
    private long bytes;
    private long files;
    private long symlinks;

    Walk(UnixFsWriter writer, FileAdd fileAdd) {
      this.writer = writer;
      this.fileAdd = fileAdd;
    }

    /** Adds what is at {@code local}, whose place below the argument is {@code path}. */
    Written add(Path local, String path, boolean follow) throws IOException {
      return add(local, path, follow, attributes(local, follow));
    }

    private Written add(Path local, String path, boolean follow, BasicFileAttributes attributes)
        throws IOException {
      if (attributes.isOther()) {
        throw new RefusedPathException(
            "Cannot add: " + local + " (a device, socket or pipe, not a file, folder or link)");
      }
      return switch (kind(attributes)) {
        case DIRECTORY -> addFolder(local, path, attributes);
        case SYMLINK -> addSymlink(local);
        case FILE -> addFile(local, path, follow);
      };
    }

    private Written addFolder(Path folder, String path, BasicFileAttributes attributes)
        throws IOException {
      enter(folder, attributes);
      try (DirectoryStream<Path> children = Files.newDirectoryStream(folder);
          DirectoryWriter directory = writer.directory()) {
        for (Path child : children) {
          addChild(directory, child, path);
        }
        return directory.finish();
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      } finally {
        ancestors.pop();
      }
    }

    private void addChild(DirectoryWriter directory, Path child, String parent) throws IOException {
      String name = PathNames.text(child.getFileName(), child);
      String path = parent.isEmpty() ? name : parent + "/" + name;
      boolean follow = options.symlinks() == Symlinks.FOLLOW;
      BasicFileAttributes attributes = attributes(child, follow);
      if (options.filter().accepts(path, kind(attributes))) {
        directory.add(name, add(child, path, follow, attributes));
      }
    }

    private void enter(Path folder, BasicFileAttributes attributes) throws IOException {
      PathNames.checkEncoding(folder);
      Object key = Objects.requireNonNullElse(attributes.fileKey(), folder);
      if (ancestors.contains(key)) {
        throw new RefusedPathException("Cannot read folder: " + folder + " (inside itself)");
      }
      if (ancestors.size() == MAX_DEPTH) {
        throw new RefusedPathException(
            "Cannot read folder: " + folder + " (at most " + MAX_DEPTH + " inside each other)");
      }
      ancestors.push(key);
    }

    private Written addSymlink(Path link) throws IOException {
      symlinks++;
      return writer.symlink(PathNames.text(Files.readSymbolicLink(link), link));
    }

    private Written addFile(Path file, String path, boolean follow) throws IOException {
      Set<OpenOption> read =
          follow
              ? Set.of(StandardOpenOption.READ)
              : Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
      Written written = options.hashes().of(file, () -> fileAdd.add(file, read));
      files++;
      bytes += written.size();
      String told = path.isEmpty() ? file.getFileName().toString() : path;
      options.listener().added(told, written);
      return written;
    }

    private static BasicFileAttributes attributes(Path path, boolean follow) throws IOException {
      return Files.readAttributes(path, BasicFileAttributes.class, follow ? FOLLOW : NOFOLLOW);
    }

    private static NodeKind kind(BasicFileAttributes attributes) {
      if (attributes.isDirectory()) {
        return NodeKind.DIRECTORY;
      }
      return attributes.isSymbolicLink() ? NodeKind.SYMLINK : NodeKind.FILE;
    }
  }
}
