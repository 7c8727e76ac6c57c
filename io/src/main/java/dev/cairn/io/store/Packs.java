package dev.cairn.io.store;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.MissingBlockException;
import dev.cairn.io.cid.Cid;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds blocks in the packs of a home. Safe for use by several threads. */
final class Packs implements Closeable {
  private final Home home;
  private final OpenPacks open;
  private volatile Set<String> names = Set.of();
  private volatile String lastHit = "";

  Packs(Home home) {
    this.home = home;
    this.open = new OpenPacks(home);
  }

  /** Lists the packs again. */
  void refresh() throws IOException {
    Set<String> listed = new HashSet<>();
    if (home.exists()) {
      for (String file : home.disk().list(home.packs())) {
        if (PackFormat.isFileName(file)) {
          listed.add(PackFormat.nameOf(file));
        }
      }
    }
    names = listed;
  }

  /** The names of the packs when they were last listed. */
  Set<String> names() {
    return names;
  }

  /** A pack's file was put in place, perhaps over a damaged one. */
  void replaced(String name) throws IOException {
    open.forget(name);
  }

  /**
   * The block, hashed. A corrupt copy is never read twice; another pack's good copy is served.
   *
   * @throws dev.cairn.io.block.CorruptBlockException if all copies are corrupt
   */
  Block get(Cid cid) throws IOException {
    BlockSearch search = new BlockSearch(cid);
    Block block = find(search);
    if (block == null) {
      refresh();
      block = find(search);
    }
    if (block != null) {
      return block;
    }
    search.throwIfCorrupt();
    throw new MissingBlockException(cid, "local store " + home.root());
  }

  /** True if a pack's index lists the block; the packs are listed again before it is false. */
  boolean has(Cid cid) throws IOException {
    Set<String> before = names;
    if (anyContains(cid, before, Set.of(), false)) {
      return true;
    }
    refresh();
    return anyContains(cid, names, before, false);
  }

  /** True if the block need not be written again: it was in an undamaged pack when last listed. */
  boolean holds(Cid cid) throws IOException {
    return anyContains(cid, names, Set.of(), true);
  }

  private @Nullable Block find(BlockSearch search) throws IOException {
    Set<String> listed = names;
    String last = lastHit;
    Block block = listed.contains(last) ? tryPack(search, last) : null;
    for (String name : listed) {
      if (block != null) {
        break;
      }
      block = tryPack(search, name);
    }
    return block;
  }

  private @Nullable Block tryPack(BlockSearch search, String name) throws IOException {
    if (!search.startPack(name)) {
      return null;
    }
    try (Pack pack = open.acquire(name)) {
      Block block = search.in(pack);
      if (block != null) {
        lastHit = name;
      }
      return block;
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private boolean anyContains(Cid cid, Set<String> in, Set<String> except, boolean wholeOnly)
      throws IOException {
    for (String name : in) {
      if (!except.contains(name) && contains(cid, name, wholeOnly)) {
        return true;
      }
    }
    return false;
  }

  private boolean contains(Cid cid, String name, boolean wholeOnly) throws IOException {
    try (Pack pack = open.acquire(name)) {
      return pack.contains(cid.multihash()) && !(wholeOnly && pack.damaged());
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    open.close();
  }
}
