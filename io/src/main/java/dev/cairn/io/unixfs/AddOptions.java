package dev.cairn.io.unixfs;

import dev.cairn.io.block.HashThreads;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What {@link FolderAdd} takes and tells. Immutable.
 *
 * @param filter which entries inside folders are taken; never asked about the argument itself
 * @param symlinks what becomes of symbolic links
 * @param listener told of each regular file
 * @param hashes what a regular file is, which is read only if that asks for it
 * @param threads threads that hash the chunks of large files; the result does not depend on it
 */
public record AddOptions(
    Filter filter, Symlinks symlinks, Listener listener, Hashes hashes, int threads) {
  /** What becomes of symbolic links. */
  public enum Symlinks {
    /** Kept as links, also as the argument. */
    KEEP,
    /** The argument is followed, links inside are kept. */
    FOLLOW_ARGUMENT,
    /** All are followed. */
    FOLLOW
  }

  /** Which entries inside folders are taken. */
  @FunctionalInterface
  public interface Filter {
    /**
     * True to take an entry. A folder that is not taken is not entered.
     *
     * @param path below the argument, with {@code /} between names
     */
    boolean accepts(String path, NodeKind kind);
  }

  /** Told of each regular file when its blocks are written, in no promised order. */
  @FunctionalInterface
  public interface Listener {
    /**
     * A file was added.
     *
     * @param path below the argument, with {@code /} between names; the name of an argument that is
     *     a file itself
     */
    void added(String path, Written file) throws IOException;
  }

  /** Reads a file to its end. */
  @FunctionalInterface
  public interface Hash {
    /** The file as it was read; its blocks were written. */
    Written compute() throws IOException;
  }

  /** What regular files are: as they are read, or as somebody remembers them. */
  @FunctionalInterface
  public interface Hashes {
    /**
     * A file. One that is not read has no blocks written: only for writers that keep none.
     *
     * @param path of the file
     * @param hash reads it
     */
    Written of(Path path, Hash hash) throws IOException;
  }

  /** As {@code ipfs add -r} does: no hidden files, links kept. */
  public static AddOptions standard() {
    return new AddOptions(
        (path, kind) -> !isHidden(path),
        Symlinks.KEEP,
        (path, file) -> {},
        (path, hash) -> hash.compute(),
        HashThreads.standardCount());
  }

  /** True if the last name of {@code path} begins with a dot. */
  public static boolean isHidden(String path) {
    return path.startsWith(".", path.lastIndexOf('/') + 1);
  }

  /** Hidden files too. */
  public AddOptions withHidden() {
    return withFilter((path, kind) -> true);
  }

  /** Replaces the filter, hidden files' included. */
  public AddOptions withFilter(Filter other) {
    return new AddOptions(other, symlinks, listener, hashes, threads);
  }

  public AddOptions withSymlinks(Symlinks other) {
    return new AddOptions(filter, other, listener, hashes, threads);
  }

  public AddOptions withListener(Listener other) {
    return new AddOptions(filter, symlinks, other, hashes, threads);
  }

  public AddOptions withHashes(Hashes other) {
    return new AddOptions(filter, symlinks, listener, other, threads);
  }

  public AddOptions withThreads(int other) {
    return new AddOptions(filter, symlinks, listener, hashes, other);
  }
}
