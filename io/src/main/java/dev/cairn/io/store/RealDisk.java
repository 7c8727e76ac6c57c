package dev.cairn.io.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The machine's file systems through {@code java.nio}. */
final class RealDisk implements Disk {

  @Override
  public DiskFile create(Path file) throws IOException {
    try {
      return new RealFile(
          file,
          FileChannel.open(
              file,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE),
          true);
    } catch (IOException e) {
      throw failure("create file", file, e);
    }
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    try {
      return new RealFile(file, FileChannel.open(file, StandardOpenOption.READ), false);
    } catch (IOException e) {
      throw failure("open file", file, e);
    }
  }

  @Override
  public boolean exists(Path path) throws IOException {
    try {
      path.getFileSystem().provider().checkAccess(path);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw failure("look for", path, e);
    }
  }

  @Override
  public List<String> list(Path folder) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        if (!name.startsWith(".")) {
          names.add(name);
        }
      }
    } catch (NoSuchFileException e) {
      return new ArrayList<>();
    } catch (DirectoryIteratorException e) {
      throw new StorageException("Cannot list folder: " + folder + " (" + e.getMessage() + ")", e);
    } catch (IOException e) {
      throw failure("list folder", folder, e);
    }
    return names;
  }

  @Override
  public long changed(Path path) throws IOException {
    try {
      return Files.getLastModifiedTime(path).to(TimeUnit.NANOSECONDS);
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw failure("ask the change of", path, e);
    }
  }

  @Override
  public void makeFolder(Path folder) throws IOException {
    try {
      Files.createDirectory(folder);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw new StorageException("Cannot create folder: " + folder + " (a file is there)", e);
      }
    } catch (IOException e) {
      throw failure("create folder", folder, e);
    }
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      throw failure("force folder", folder, e);
    }
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      throw new StorageException("Cannot rename file: " + from + " (at one stroke)", e);
    } catch (IOException e) {
      throw failure("rename file", from, e);
    }
  }

  @Override
  public void link(Path existing, Path link) throws IOException {
    try {
      Files.createLink(link, existing);
    } catch (UnsupportedOperationException e) {
      throw new StorageException("Cannot link file: " + link + " (no links here)", e);
    } catch (IOException e) {
      throw failure("link file", link, e);
    }
  }

  @Override
  public void delete(Path path) throws IOException {
    try {
      Files.deleteIfExists(path);
    } catch (DirectoryNotEmptyException e) {
      throw new StorageException("Cannot delete folder: " + path + " (not empty)", e);
    } catch (IOException e) {
      throw failure("delete", path, e);
    }
  }

  @Override
  public long freeBytes(Path folder) throws IOException {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      throw failure("ask the free space of", folder, e);
    }
  }

  /** The error as {@link Disk} promises it. */
  static IOException failure(String act, Path path, IOException e) {
    if (e instanceof NoSuchFileException || e instanceof FileAlreadyExistsException) {
      return e;
    }
    String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    String named = reason == null ? e.getClass().getSimpleName() : reason;
    return new StorageException("Cannot " + act + ": " + path + " (" + named + ")", e);
  }
}
