package dev.cairn.io.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory. At a power loss each write of a sector, change of size, creation, rename, link
 * and deletion that no force covered is kept or forgotten by a coin of the seed, each by itself:
 * more than real file systems lose, and in any order. It can be full, fail a force, and rot.
 *
 * <p>For one thread at a time.
 */
final class SimDisk implements Disk {
  private static final double[] KEPT = {0, 0, 0.1, 0.5, 0.5, 0.9, 1};

  private final SplittableRandom random;
  private final LongSupplier clock;
  private final long tick;
  private final SimFolder root = new SimFolder();
  private final Map<Path, SimFolder> folders = new HashMap<>();
  private long capacity = Long.MAX_VALUE;
  private long used;

  /**
   * An empty disk.
   *
   * @param clock nanoseconds since 1970
   * @param tick nanoseconds to which stamps are rounded down
   */
  SimDisk(SplittableRandom random, LongSupplier clock, long tick) {
    this.random = random;
    this.clock = clock;
    this.tick = tick;
  }

  /** Lets so many bytes more be written; creations fail too when they are used up. */
  void leaveRoomFor(long bytes) {
    capacity = used + bytes;
  }

  /** Takes back {@link #leaveRoomFor}. */
  void makeRoom() {
    capacity = Long.MAX_VALUE;
  }

  /** Forgets what no force covered, as its coins fall. Nothing that was open is of use any more. */
  void losePower() {
    double kept = KEPT[random.nextInt(KEPT.length)];
    folders.clear();
    used = 0;
    lose(root, kept, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private void lose(SimFolder folder, double kept, Set<SimInode> done) {
    folder.lose(random, kept);
    for (SimNode node : folder.names().values()) {
      if (node instanceof SimFolder below) {
        lose(below, kept, done);
      } else if (node instanceof SimInode inode) {
        if (done.add(inode)) {
          inode.lose(random, kept);
          used += inode.size();
        }
        inode.links++;
      }
    }
  }

  /** Flips one bit of a file, for good. */
  void flip(Path file, long bit) throws IOException {
    inode(file).flip(bit);
  }

  /** True if it is a file and no folder. */
  boolean isFile(Path path) throws IOException {
    return node(path) instanceof SimInode;
  }

  /** Bytes in a file. */
  int size(Path file) throws IOException {
    return inode(file).size();
  }

  /** Names in a folder, sorted; unlike {@link #list} no act of a process. */
  List<String> names(Path folder) throws IOException {
    return new ArrayList<>(folder(folder).names().keySet());
  }

  @Override
  public SimFile create(Path file) throws IOException {
    SimFolder folder = parent(file);
    if (folder.names().containsKey(name(file))) {
      throw new FileAlreadyExistsException(file.toString());
    }
    requireRoom("create file", file);
    SimInode inode = new SimInode();
    inode.changed = now();
    folder.set(name(file), inode, now());
    inode.links++;
    return new SimFile(file, inode);
  }

  @Override
  public SimFile open(Path file) throws IOException {
    return new SimFile(file, inode(file));
  }

  @Override
  public boolean exists(Path path) throws IOException {
    try {
      return node(path) != null;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public List<String> list(Path folder) throws IOException {
    List<String> names;
    try {
      names = new ArrayList<>(folder(folder).names().keySet());
    } catch (NoSuchFileException e) {
      return new ArrayList<>();
    }
    if (random.nextBoolean()) {
      Collections.reverse(names);
    }
    return names;
  }

  @Override
  public long changed(Path path) throws IOException {
    try {
      SimNode node = node(path);
      return node == null ? 0 : node.changed;
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  @Override
  public void makeFolder(Path folder) throws IOException {
    SimFolder parent = parent(folder);
    SimNode present = parent.names().get(name(folder));
    if (present instanceof SimInode) {
      throw new StorageException("Cannot create folder: " + folder + " (a file is there)", null);
    }
    if (present == null) {
      requireRoom("create folder", folder);
      SimFolder made = new SimFolder();
      made.changed = now();
      parent.set(name(folder), made, now());
    }
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    folder(folder).force();
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    SimInode inode = inode(from);
    SimFolder target = parent(to);
    SimNode replaced = target.names().get(name(to));
    if (replaced instanceof SimFolder) {
      throw new StorageException("Cannot rename file: " + from + " (a folder is there)", null);
    }
    target.set(name(to), inode, now());
    parent(from).set(name(from), null, now());
    if (replaced instanceof SimInode old) {
      unlink(old);
    }
  }

  @Override
  public void link(Path existing, Path link) throws IOException {
    SimInode inode = inode(existing);
    SimFolder folder = parent(link);
    if (folder.names().containsKey(name(link))) {
      throw new FileAlreadyExistsException(link.toString());
    }
    requireRoom("link file", link);
    folder.set(name(link), inode, now());
    inode.links++;
  }

  @Override
  public void delete(Path path) throws IOException {
    SimFolder parent;
    try {
      parent = parent(path);
    } catch (NoSuchFileException e) {
      return;
    }
    SimNode node = parent.names().get(name(path));
    if (node instanceof SimFolder folder && !folder.names().isEmpty()) {
      throw new StorageException("Cannot delete folder: " + path + " (not empty)", null);
    }
    if (node != null) {
      parent.set(name(path), null, now());
      folders.remove(path);
    }
    if (node instanceof SimInode inode) {
      unlink(inode);
    }
  }

  @Override
  public long freeBytes(Path folder) throws IOException {
    folder(folder);
    return capacity - used;
  }

  private void unlink(SimInode inode) {
    inode.links--;
    release(inode);
  }

  private void release(SimInode inode) {
    if (inode.links == 0 && inode.handles == 0) {
      used -= inode.size();
    }
  }

  /** An open file. */
  final class SimFile implements DiskFile {
    private final Path path;
    private final SimInode inode;

    SimFile(Path path, SimInode inode) {
      this.path = path;
      this.inode = inode;
      inode.handles++;
    }

    @Override
    public long size() {
      return inode.size();
    }

    @Override
    public int read(long position, ByteBuffer into) {
      return inode.read(position, into);
    }

    @Override
    public void write(long position, ByteBuffer from) throws IOException {
      writeWhatFits(position, from);
      if (from.hasRemaining()) {
        throw full("write file", path);
      }
    }

    /** Writes up to where the disk is full. */
    void writeWhatFits(long position, ByteBuffer from) {
      long growth = Math.max(0, position + from.remaining() - inode.size());
      long missing = Math.max(0, used + growth - capacity);
      byte[] bytes = new byte[(int) Math.max(0, from.remaining() - missing)];
      from.get(bytes);
      int before = inode.size();
      inode.write((int) position, bytes, now());
      used += inode.size() - before;
    }

    @Override
    public void force() {
      inode.force();
    }

    /** Fails: of what it should have covered, each write is durable or never will be. */
    void failForce() {
      inode.failForce(random);
    }

    @Override
    public void close() {
      inode.handles--;
      release(inode);
    }
  }

  private void requireRoom(String act, Path path) throws StorageException {
    if (used >= capacity) {
      throw full(act, path);
    }
  }

  private static StorageException full(String act, Path path) {
    return new StorageException("Cannot " + act + ": " + path + " (the disk is full)", null);
  }

  private long now() {
    return clock.getAsLong() / tick * tick;
  }

  private SimInode inode(Path file) throws IOException {
    SimNode node = node(file);
    if (node == null) {
      throw new NoSuchFileException(file.toString());
    }
    if (node instanceof SimInode inode) {
      return inode;
    }
    throw new StorageException("Cannot use file: " + file + " (a folder)", null);
  }

  private @Nullable SimNode node(Path path) throws IOException {
    return path.getParent() == null ? root : parent(path).names().get(name(path));
  }

  private SimFolder parent(Path path) throws IOException {
    Path parent = path.getParent();
    return parent == null ? root : folder(parent);
  }

  private SimFolder folder(Path path) throws IOException {
    SimFolder known = folders.get(path);
    if (known != null) {
      return known;
    }
    SimNode node = node(path);
    if (node == null) {
      throw new NoSuchFileException(path.toString());
    }
    if (node instanceof SimFolder folder) {
      folders.put(path, folder);
      return folder;
    }
    throw new StorageException("Cannot use folder: " + path + " (a file)", null);
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
