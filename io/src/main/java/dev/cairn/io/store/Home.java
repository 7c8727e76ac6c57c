package dev.cairn.io.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The home folder: its layout, its format, and durable small writes below it. Nothing is created
 * before the first write; until then a home that is not there is an empty store.
 *
 * <p>Safe for use by several threads and processes.
 */
final class Home {
  /** The whole of the file {@code format}: a version and no features yet, each on a line. */
  static final String FORMAT = "cairn-store 1\n";

  private static final int MAX_FORMAT_BYTES = 1 << 12;
  private static final List<String> FOLDERS =
      List.of(
          "packs",
          "index",
          "refs",
          Pins.FOLDER,
          Outbox.FOLDER,
          Actions.FOLDER,
          Forgotten.FOLDER,
          Dropped.FOLDER,
          Condemned.FOLDER,
          Writers.FOLDER,
          "tmp");

  private final Path root;
  private final Disk disk;
  private final Machine machine;
  private final AtomicLong temporaries = new AtomicLong();
  private volatile boolean known;
  private @Nullable WriterRegistration registration;
  private boolean closed;

  Home(Path root, Disk disk, Machine machine) {
    this.root = root;
    this.disk = disk;
    this.machine = machine;
  }

  Path root() {
    return root;
  }

  Disk disk() {
    return disk;
  }

  Machine machine() {
    return machine;
  }

  Path folder(String name) {
    return root.resolve(name);
  }

  Path packs() {
    return folder("packs");
  }

  /** The file as messages name it: below the home. */
  String display(Path file) {
    return root.relativize(file).toString();
  }

  /**
   * True if there is a store here.
   *
   * @throws StorageException if there is one of an unknown format
   */
  boolean exists() throws IOException {
    if (!known) {
      known = checkFormat();
    }
    return known;
  }

  /**
   * Makes the store if there is none, and registers this process as one of its writers.
   *
   * @return the id that this writer's temporary files start with
   */
  synchronized String openForWriting() throws IOException {
    if (closed) {
      throw new IllegalStateException("Cannot write to store: " + root + " (closed)");
    }
    WriterRegistration mine = registration;
    if (mine == null) {
      if (!exists()) {
        create();
      }
      makeFolders();
      mine = WriterRegistration.register(this);
      registration = mine;
    }
    if (mine.isLost()) {
      throw new StorageException(
          "Cannot write to store: " + root + " (taken for dead meanwhile: start again)", null);
    }
    return mine.id();
  }

  /** The id under which this process is registered as a writer; empty if it is not. */
  synchronized String writer() {
    return registration == null ? "" : registration.id();
  }

  /** A name in {@code tmp/} that no other writer uses. */
  Path newTemporary(String suffix) throws IOException {
    return temporaryOf(openForWriting(), suffix);
  }

  /** As above, of a writer that is about to be known. */
  Path temporaryOf(String writer, String suffix) {
    return folder("tmp").resolve(writer + "-" + temporaries.incrementAndGet() + suffix);
  }

  /** When a file was written, by the clock of its file system; the epoch if it is gone. */
  Instant changed(Path file) throws IOException {
    return Instant.EPOCH.plusNanos(disk.changed(file));
  }

  /** Writes a small file so that it is there whole or not at all, and stays. */
  void writeDurably(Path target, byte[] bytes) throws IOException {
    writeDurably(newTemporary(""), target, bytes);
  }

  /** As above, through a temporary file of the caller's choice. */
  void writeDurably(Path temporary, Path target, byte[] bytes) throws IOException {
    try {
      writeForced(temporary, bytes);
      disk.rename(temporary, target);
    } catch (IOException e) {
      discard(temporary, e);
      throw e;
    }
    disk.forceFolder(parentOf(target));
  }

  /** Writes a new file and forces it; its name is not forced. */
  void writeForced(Path file, byte[] bytes) throws IOException {
    try (DiskFile open = disk.create(file)) {
      open.write(0, ByteBuffer.wrap(bytes));
      open.force();
    }
  }

  /** Writes and forces a small file in {@code tmp/}, for a link to it. */
  Path writeTemporary(byte[] bytes) throws IOException {
    Path temporary = newTemporary("");
    try {
      writeForced(temporary, bytes);
    } catch (IOException e) {
      discard(temporary, e);
      throw e;
    }
    return temporary;
  }

  /** Deletes what a failed act leaves; a second failure is told with the first. */
  void discard(Path temporary, IOException reason) {
    try {
      disk.delete(temporary);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  /** Ends this process's registration. */
  synchronized void close() throws IOException {
    closed = true;
    WriterRegistration mine = registration;
    registration = null;
    if (mine != null) {
      mine.close();
    }
  }

  static Path parentOf(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IllegalArgumentException("Cannot use path: " + file + " (a parent folder)");
    }
    return parent;
  }

  private boolean checkFormat() throws IOException {
    String format = readFormat();
    if (format == null && disk.exists(packs())) {
      // The format is linked before any folder is made, perhaps since it was looked for.
      format = readFormat();
      if (format == null) {
        throw new StorageException("Cannot open store: " + root + " (its file 'format')", null);
      }
    }
    if (format != null && !format.equals(FORMAT)) {
      throw new StorageException(
          String.format(
              Locale.ROOT,
              "Cannot open store: %s of format '%s' (version 1 without features)",
              root,
              format.lines().findFirst().orElse("")),
          null);
    }
    return format != null;
  }

  private @Nullable String readFormat() throws IOException {
    try (DiskFile file = disk.open(folder("format"))) {
      ByteBuffer bytes = ByteBuffer.allocate(MAX_FORMAT_BYTES);
      file.read(0, bytes);
      return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** The format comes first and by a link: where links are refused, refs could not work either. */
  private void create() throws IOException {
    ensureFolder(root.toAbsolutePath());
    disk.makeFolder(folder("tmp"));
    Path temporary = temporaryOf(machine.randomId(), "");
    try {
      writeForced(temporary, FORMAT.getBytes(StandardCharsets.UTF_8));
      disk.link(temporary, folder("format"));
    } catch (FileAlreadyExistsException e) {
      exists();
    } catch (IOException e) {
      discard(temporary, e);
      throw e;
    }
    disk.delete(temporary);
    known = true;
  }

  /**
   * Makes the folders of a store that are not there yet. What another process made but did not
   * force yet is forced here too, before something below counts on it; and the format before what
   * must not be there without it.
   */
  void makeFolders() throws IOException {
    disk.forceFolder(root);
    boolean made = false;
    for (String name : FOLDERS) {
      if (!disk.exists(folder(name))) {
        disk.makeFolder(folder(name));
        made = true;
      }
    }
    if (made) {
      disk.forceFolder(root);
    }
  }

  /**
   * Makes a folder that stays. One that is there may just have been made by a process that did not
   * get to force it, unless it lies where we may not look: then it is older than that.
   */
  private void ensureFolder(Path folder) throws IOException {
    Path parent = parentOf(folder);
    boolean present = disk.exists(folder);
    if (!present) {
      ensureFolder(parent);
      disk.makeFolder(folder);
    }
    try {
      disk.forceFolder(parent);
    } catch (StorageException e) {
      if (!present || !(e.getCause() instanceof AccessDeniedException)) {
        throw e;
      }
    }
  }
}
