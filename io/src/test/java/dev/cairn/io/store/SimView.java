package dev.cairn.io.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** The disk as one process has it: each act is a step of the world first. */
final class SimView implements Disk {
  private final SimWorld world;
  private final SimProcess process;

  SimView(SimWorld world, SimProcess process) {
    this.world = world;
    this.process = process;
  }

  private interface Act<T> {
    T run() throws IOException;
  }

  private interface Change {
    void run() throws IOException;
  }

  private void change(String act, Path path, Change change) throws IOException {
    world.step(process, act, path);
    process.countChange();
    noting(
        () -> {
          change.run();
          return true;
        });
  }

  private <T> T noting(Act<T> act) throws IOException {
    try {
      return act.run();
    } catch (StorageException e) {
      process.countFault();
      world.log(process, "fault: " + e.getMessage());
      throw e;
    }
  }

  private static StorageException failed(Path path) {
    return new StorageException("Cannot force: " + path + " (a simulated fault)", null);
  }

  @Override
  public DiskFile create(Path file) throws IOException {
    world.step(process, "create", file);
    process.countChange();
    return noting(() -> new ViewedFile(file, world.disk.create(file)));
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    world.step(process, "open", file);
    return new ViewedFile(file, world.disk.open(file));
  }

  @Override
  public boolean exists(Path path) throws IOException {
    world.step(process, "exists", path);
    return world.disk.exists(path);
  }

  @Override
  public List<String> list(Path folder) throws IOException {
    world.step(process, "list", folder);
    return world.disk.list(folder);
  }

  @Override
  public long changed(Path path) throws IOException {
    world.step(process, "changed", path);
    return world.disk.changed(path);
  }

  @Override
  public void makeFolder(Path folder) throws IOException {
    change("makeFolder", folder, () -> world.disk.makeFolder(folder));
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    change(
        "forceFolder",
        folder,
        () -> {
          if (world.failsForce(process)) {
            throw failed(folder);
          }
          world.disk.forceFolder(folder);
        });
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    change("rename", to, () -> world.disk.rename(from, to));
  }

  @Override
  public void link(Path existing, Path link) throws IOException {
    change("link", link, () -> world.disk.link(existing, link));
  }

  @Override
  public void delete(Path path) throws IOException {
    change("delete", path, () -> world.disk.delete(path));
  }

  @Override
  public long freeBytes(Path folder) throws IOException {
    world.step(process, "freeBytes", folder);
    return world.disk.freeBytes(folder);
  }

  private final class ViewedFile implements DiskFile {
    private final Path path;
    private final SimDisk.SimFile file;

    ViewedFile(Path path, SimDisk.SimFile file) {
      this.path = path;
      this.file = file;
    }

    @Override
    public long size() {
      process.requireAlive();
      return file.size();
    }

    @Override
    public int read(long position, ByteBuffer into) {
      world.step(process, "read", path);
      return file.read(position, into);
    }

    @Override
    public void write(long position, ByteBuffer from) throws IOException {
      try {
        change("write", path, () -> file.write(position, from));
      } catch (SimKilled e) {
        if (process.diesInTheAct()) {
          file.writeWhatFits(position, from.limit(from.position() + part(from.remaining())));
        }
        throw e;
      }
    }

    private int part(int bytes) {
      return world.random.nextInt(bytes + 1);
    }

    @Override
    public void force() throws IOException {
      change(
          "force",
          path,
          () -> {
            if (world.failsForce(process)) {
              file.failForce();
              throw failed(path);
            }
            file.force();
          });
    }

    @Override
    public void close() {
      process.requireAlive();
      file.close();
    }
  }
}
