package dev.cairn.io.store;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockStore;
import dev.cairn.io.block.CorruptBlockException;
import dev.cairn.io.block.DagWalk;
import dev.cairn.io.block.MissingBlockException;
import dev.cairn.io.cid.Cid;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Blocks, refs, pins and actions below one home folder.
 *
 * <p>A home that does not exist is an empty store until the first write creates it. What a writer
 * sealed, a ref names, or a pin or action says, is there after a power loss. Safe for use by
 * several threads; several processes may use one home at once. Closing ends the registration of
 * this process as a writer and closes files; writers must be sealed or closed before.
 */
public final class LocalStore implements BlockStore {
  private final Home home;
  private final PackLimits limits;
  private final Packs packs;

  private LocalStore(Home home, PackLimits limits) {
    this.home = home;
    this.limits = limits;
    this.packs = new Packs(home);
  }

  /**
   * Opens a store, which need not exist.
   *
   * @throws StorageException if the home has another format, or lies where a store cannot
   */
  public static LocalStore open(Path home) throws IOException {
    if (File.separatorChar == '\\') {
      throw new StorageException("Cannot open store: " + home + " (Windows syncs no folder)", null);
    }
    return open(home, Disk.real());
  }

  /** As above, over another disk. */
  public static LocalStore open(Path home, Disk disk) throws IOException {
    return open(home, disk, PackLimits.STANDARD);
  }

  static LocalStore open(Path home, Disk disk, PackLimits limits) throws IOException {
    return open(home, disk, limits, Machine.real());
  }

  static LocalStore open(Path home, Disk disk, PackLimits limits, Machine machine)
      throws IOException {
    Home opened = new Home(home.toAbsolutePath().normalize(), disk, machine);
    LocalStore store = new LocalStore(opened, limits);
    store.packs.start();
    return store;
  }

  /** The home folder. */
  public Path home() {
    return home.root();
  }

  /** True if the home was created. */
  public boolean exists() throws IOException {
    return home.exists();
  }

  /** A new batch of writes. */
  public LocalWriter newWriter() {
    return new LocalWriter(home, packs, limits, this);
  }

  @Override
  public Block get(Cid cid) throws IOException {
    return cid.isIdentity() ? Block.identity(cid) : packs.get(cid);
  }

  @Override
  public boolean has(Cid cid) throws IOException {
    return cid.isIdentity() || packs.has(cid);
  }

  /** The refs. */
  public Refs refs() {
    return new Refs(home);
  }

  /** The pins. */
  public Pins pins() {
    return new Pins(home);
  }

  /** What is to be delivered to a node. */
  public Outbox outbox() {
    return new Outbox(home);
  }

  /** The ids that no run may take in. */
  public Forgotten forgotten() {
    return new Forgotten(home);
  }

  /** The datasets of older commits that were let go. */
  public Dropped dropped() {
    return new Dropped(home);
  }

  /** The actions. */
  public Actions actions() {
    return new Actions(home);
  }

  /** The value of an action whose objects are all whole, as {@link #isWhole} finds them. */
  public Optional<String> wholeAction(String key) throws IOException {
    Optional<String> value = actions().get(key);
    if (value.isPresent()) {
      for (Cid object : actions().objects(key)) {
        if (!isWhole(object)) {
          return Optional.empty();
        }
      }
    }
    return value;
  }

  /** Collects what nothing needs. */
  public Gc gc() {
    return new Gc(this, home, packs);
  }

  /**
   * Sees to it that a DAG is whole and stays, whatever a gc beside does: to be called before
   * something durable names a root that this process did not put itself as a whole.
   *
   * @throws dev.cairn.io.block.IntegrityException if a block is missing or damaged
   */
  public void keep(Cid root) throws IOException {
    home.openForWriting();
    packs.prepareForWriting();
    // What others stored until now need not be written again.
    packs.refreshAll();
    try (Keeper keeper = new Keeper(this, packs)) {
      keeper.dag(root);
      keeper.seal();
    }
  }

  /**
   * True if a DAG is whole, as {@link #keep} would find it: leaves are read only where their pack
   * is known to be damaged, or about to go.
   */
  public boolean isWhole(Cid root) throws IOException {
    packs.refreshAll();
    try {
      DagWalk.skippingLeaves(this)
          .from(
              root,
              new DagWalk.Visitor() {
                @Override
                public void block(Block block) {}

                @Override
                public void leaf(Cid cid) throws IOException {
                  if (!cid.isIdentity() && !packs.holds(cid)) {
                    get(cid);
                  }
                }
              });
      return true;
    } catch (MissingBlockException | CorruptBlockException e) {
      return false;
    }
  }

  /** Proof that the store is whole. */
  public Verify verify() {
    return new Verify(this, home, bytes -> {});
  }

  /**
   * The folder of what can be had again, made if it is not there: deleting it is always safe.
   *
   * @throws StorageException if the home cannot be written
   */
  public Path cacheFolder() throws IOException {
    home.openForWriting();
    return home.folder("cache");
  }

  /** The cache of blocks from elsewhere; whoever asks for it closes it, before the store. */
  public BlockCache cache() {
    return new BlockCache(home);
  }

  /** Bytes that may still be written below the home, or where it would be created. */
  public long freeBytes() throws IOException {
    Path folder = home.root();
    while (!home.disk().exists(folder)) {
      folder = Home.parentOf(folder);
    }
    return home.disk().freeBytes(folder);
  }

  @Override
  public void close() throws IOException {
    try (packs) {
      home.close();
    }
  }
}
