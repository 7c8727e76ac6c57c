package dev.cairn.io.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * All that the store asks of a file system. A second implementation can stand for a disk that loses
 * power: what no {@code force} covered may be forgotten.
 *
 * <p>Every method throws {@link StorageException} for what the file system refuses, but {@link
 * java.nio.file.NoSuchFileException} where a file that must exist does not, and {@link
 * java.nio.file.FileAlreadyExistsException} where one that must not does. Safe for use by several
 * threads.
 */
public interface Disk {

  /** The machine's own file systems. */
  static Disk real() {
    return new RealDisk();
  }

  /** Creates a file, which must not exist, for writing and reading. */
  DiskFile create(Path file) throws IOException;

  /** Opens a file for reading. */
  DiskFile open(Path file) throws IOException;

  /** True if there is a file or folder of this name. */
  boolean exists(Path path) throws IOException;

  /**
   * Names in a folder, in no order; none if there is no such folder. Hidden ones, which begin with
   * a dot, are others' business: no file of a store is named so, but file systems and desktops put
   * such files anywhere.
   */
  List<String> list(Path folder) throws IOException;

  /**
   * When the bytes of a file, or the names in a folder, changed last: nanoseconds since 1970 by the
   * file system's clock. Two changes within the clock's tick (at most seconds, and at most a
   * hundredth of one where there are parts of a second) may leave the same. 0 if there is no such
   * file or folder.
   */
  long changed(Path path) throws IOException;

  /** Creates a folder below one that exists; one that is there already is left as it is. */
  void makeFolder(Path folder) throws IOException;

  /** Makes creations, renames, links and deletions in a folder survive a power loss. */
  void forceFolder(Path folder) throws IOException;

  /** Renames a file at one stroke, over any file of the new name. */
  void rename(Path from, Path to) throws IOException;

  /** Gives a file a second name, which must not exist, at one stroke. */
  void link(Path existing, Path link) throws IOException;

  /** Deletes a file or an empty folder; one that is not there is no error. */
  void delete(Path path) throws IOException;

  /** Bytes that may still be written to the file system of an existing folder. */
  long freeBytes(Path folder) throws IOException;
}
