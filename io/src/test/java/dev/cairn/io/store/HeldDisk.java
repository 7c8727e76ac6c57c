package dev.cairn.io.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A disk whose files are in memory and cannot be changed: what fuzz tests let the store read. */
final class HeldDisk implements Disk {
  private final Map<Path, byte[]> files;

  HeldDisk(Map<Path, byte[]> files) {
    this.files = Map.copyOf(files);
  }

  /** A file of these bytes. */
  static DiskFile file(byte[] bytes) {
    return new HeldFile(bytes);
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    byte[] bytes = files.get(file);
    if (bytes == null) {
      throw new NoSuchFileException(file.toString());
    }
    return new HeldFile(bytes);
  }

  @Override
  public boolean exists(Path path) {
    return files.keySet().stream().anyMatch(file -> file.startsWith(path));
  }

  @Override
  public List<String> list(Path folder) {
    List<String> names = new ArrayList<>();
    for (Path file : files.keySet()) {
      if (folder.equals(file.getParent())) {
        names.add(file.getFileName().toString());
      }
    }
    return names;
  }

  @Override
  public long changed(Path path) {
    return 0;
  }

  @Override
  public DiskFile create(Path file) throws IOException {
    throw refusal("create file", file);
  }

  @Override
  public void makeFolder(Path folder) throws IOException {
    throw refusal("make folder", folder);
  }

  @Override
  public void forceFolder(Path folder) {
    // Nothing changes that could be lost.
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    throw refusal("rename", from);
  }

  @Override
  public void link(Path existing, Path link) throws IOException {
    throw refusal("link", existing);
  }

  @Override
  public void delete(Path path) throws IOException {
    throw refusal("delete", path);
  }

  @Override
  public long freeBytes(Path folder) {
    return 0;
  }

  private static StorageException refusal(String act, Path path) {
    return new StorageException("Cannot " + act + ": " + path + " (read only)", null);
  }

  private static final class HeldFile implements DiskFile {
    private final byte[] bytes;

    HeldFile(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public long size() {
      return bytes.length;
    }

    /** As a file channel: a negative position is the caller's mistake. */
    @Override
    public int read(long position, ByteBuffer into) {
      if (position < 0) {
        throw new IllegalArgumentException("Cannot read at: " + position + " (not negative)");
      }
      int start = (int) Math.min(position, bytes.length);
      int length = Math.min(into.remaining(), bytes.length - start);
      into.put(bytes, start, length);
      return length;
    }

    @Override
    public void write(long position, ByteBuffer from) throws IOException {
      throw new StorageException("Cannot write file (read only)", null);
    }

    @Override
    public void force() throws IOException {
      throw new StorageException("Cannot force file (read only)", null);
    }

    @Override
    public void close() {}
  }
}
