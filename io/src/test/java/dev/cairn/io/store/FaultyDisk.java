package dev.cairn.io.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The real disk, refusing the acts that a test names. */
final class FaultyDisk implements Disk {
  /** Says whether an act ("write", "force", "rename", ...) on a path fails. */
  interface Fault {
    boolean strikes(String act, Path path);
  }

  private final Disk disk = Disk.real();
  private volatile Fault fault = (act, path) -> false;
  private final AtomicInteger open = new AtomicInteger();

  void failWhen(Fault when) {
    fault = when;
  }

  void heal() {
    fault = (act, path) -> false;
  }

  /** Files that were opened or created and not closed. */
  int openFiles() {
    return open.get();
  }

  private void may(String act, Path path) throws StorageException {
    if (fault.strikes(act, path)) {
      throw new StorageException("Cannot " + act + ": " + path + " (a test's fault)", null);
    }
  }

  @Override
  public DiskFile create(Path file) throws IOException {
    may("create", file);
    return new FaultyFile(file, disk.create(file));
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    may("open", file);
    return new FaultyFile(file, disk.open(file));
  }

  @Override
  public boolean exists(Path path) throws IOException {
    return disk.exists(path);
  }

  @Override
  public List<String> list(Path folder) throws IOException {
    may("list", folder);
    return disk.list(folder);
  }

  @Override
  public long changed(Path folder) throws IOException {
    return disk.changed(folder);
  }

  @Override
  public void makeFolder(Path folder) throws IOException {
    may("makeFolder", folder);
    disk.makeFolder(folder);
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    may("forceFolder", folder);
    disk.forceFolder(folder);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    may("rename", to);
    disk.rename(from, to);
  }

  @Override
  public void link(Path existing, Path link) throws IOException {
    may("link", link);
    disk.link(existing, link);
    may("answer", link);
  }

  @Override
  public void delete(Path path) throws IOException {
    may("delete", path);
    disk.delete(path);
  }

  @Override
  public long freeBytes(Path folder) throws IOException {
    return disk.freeBytes(folder);
  }

  private final class FaultyFile implements DiskFile {
    private final Path path;
    private final DiskFile file;

    FaultyFile(Path path, DiskFile file) {
      this.path = path;
      this.file = file;
      open.incrementAndGet();
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public int read(long position, ByteBuffer into) throws IOException {
      may("read", path);
      return file.read(position, into);
    }

    @Override
    public void write(long position, ByteBuffer from) throws IOException {
      may("write", path);
      file.write(position, from);
    }

    @Override
    public void force() throws IOException {
      may("force", path);
      file.force();
    }

    @Override
    public void close() throws IOException {
      open.decrementAndGet();
      file.close();
    }
  }
}
