package dev.cairn.io.store;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.CorruptBlockException;
import dev.cairn.io.block.MissingBlockException;
import dev.cairn.io.cid.Cid;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds blocks in the packs of a home. Safe for use by several threads. */
final class Packs implements Closeable {
  /** Listings of one look-up at most, where gc deletes packs all the time. */
  private static final int MAX_LISTINGS = 10;

  private final Home home;
  private final PackCatalog catalog;
  private final OpenPacks open;
  private volatile String lastHit = "";

  Packs(Home home) {
    this.home = home;
    this.catalog = new PackCatalog(home);
    this.open = new OpenPacks(home, home.packs());
  }

  /** Lists the index, so that blocks can be found; the packs are listed when that is needed. */
  void start() throws IOException {
    catalog.open();
  }

  /** Lists the packs again. */
  void refresh() throws IOException {
    catalog.refresh();
  }

  /** The packs as last listed. */
  PackList list() {
    return catalog.list();
  }

  /** Lists the packs again and indexes them if there are many: what a writer does first. */
  void prepareForWriting() throws IOException {
    catalog.refreshForWriting();
    catalog.indexLoosePacks();
  }

  /** Lists the packs again, and what is to go of them. */
  void refreshAll() throws IOException {
    catalog.refreshCondemned();
    catalog.refresh();
  }

  /** Deletes packs, durably. */
  void delete(List<String> names) throws IOException {
    for (String name : names) {
      open.forget(name);
      home.disk().delete(home.packs().resolve(PackFormat.fileName(name)));
    }
    home.disk().forceFolder(home.packs());
  }

  /** Brings the runs in line with packs that came and went. */
  void indexAgain() throws IOException {
    catalog.dropStaleRuns();
    catalog.indexLoosePacks();
  }

  /** Files of packs were put in place, perhaps over damaged ones. */
  void added(List<String> names) throws IOException {
    for (String name : names) {
      open.forget(name);
    }
    catalog.add(names);
  }

  /**
   * The block, hashed. A corrupt copy is never read twice; another pack's good copy is served.
   *
   * @throws dev.cairn.io.block.CorruptBlockException if all copies are corrupt
   */
  Block get(Cid cid) throws IOException {
    BlockSearch search = new BlockSearch(cid);
    Block block = look(search, this::find);
    if (block == null && search.foundCorrupt()) {
      // An index may lead to one copy only; with a corrupt one every pack is worth asking.
      block = inPacks(search, catalog.list().names());
    }
    if (block != null) {
      return block;
    }
    search.throwIfCorrupt();
    throw new MissingBlockException(cid, "local store " + home.root());
  }

  /** Names of packs whose copy of the block is corrupt. */
  Set<String> withCorrupt(Cid cid) throws IOException {
    Set<String> corrupt = new TreeSet<>();
    for (String name : catalog.list().names()) {
      try (Pack pack = open.acquire(name)) {
        var unused = pack.get(cid);
      } catch (CorruptBlockException e) {
        corrupt.add(name);
      } catch (NoSuchFileException e) {
        // Gone since it was listed, and a corrupt copy with it.
        corrupt.remove(name);
      }
    }
    return corrupt;
  }

  /** True if a pack's index lists the block; the packs are listed again before it is false. */
  boolean has(Cid cid) throws IOException {
    return look(new BlockSearch(cid), this::findWithoutReading) != null;
  }

  /**
   * True if the block need not be written again: it was in an undamaged pack that is not condemned
   * when last listed.
   */
  boolean holds(Cid cid) throws IOException {
    for (RunEntry place : catalog.places(cid.multihash())) {
      if (holdsAt(cid, place)) {
        return true;
      }
    }
    for (String name : catalog.list().loose()) {
      if (holdsIn(cid, name)) {
        return true;
      }
    }
    return false;
  }

  private interface Look<T> {
    @Nullable T at(BlockSearch search) throws IOException;
  }

  /**
   * Looks through the packs as they were last listed, and then as they are now. Where packs vanish
   * on the way, gc has copied what must stay of them, perhaps to packs that came after the listing.
   */
  private <T> @Nullable T look(BlockSearch search, Look<T> look) throws IOException {
    T found = look.at(search);
    boolean again = true;
    for (int i = 0; found == null && again && i < MAX_LISTINGS; i++) {
      search.forgetVanished();
      catalog.refresh();
      found = look.at(search);
      again = search.sawVanish();
    }
    return found;
  }

  private @Nullable Block find(BlockSearch search) throws IOException {
    Block block = null;
    for (RunEntry place : catalog.places(search.cid().multihash())) {
      block = block == null ? atPlace(search, place) : block;
    }
    Collection<String> loose = catalog.list().loose();
    if (block == null && loose.contains(lastHit)) {
      block = inPack(search, lastHit);
    }
    return block == null ? inPacks(search, loose) : block;
  }

  private @Nullable Block inPacks(BlockSearch search, Collection<String> names) throws IOException {
    for (String name : names) {
      Block block = inPack(search, name);
      if (block != null) {
        return block;
      }
    }
    return null;
  }

  private @Nullable Block inPack(BlockSearch search, String name) throws IOException {
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
      vanished(search, name);
      return null;
    }
  }

  private @Nullable Block atPlace(BlockSearch search, RunEntry place) throws IOException {
    if (!search.startPack(place.pack())) {
      return null;
    }
    try (Pack pack = open.acquire(place.pack())) {
      Block block = search.at(pack, place.offset());
      if (block == null && !search.foundCorrupt()) {
        catalog.distrust(place);
      }
      return block;
    } catch (NoSuchFileException e) {
      vanished(search, place.pack());
      return null;
    }
  }

  /** A pack is gone: of one that was listed, the blocks may be in another by now. */
  private void vanished(BlockSearch search, String name) {
    if (catalog.list().names().contains(name)) {
      search.vanished(name);
    }
  }

  /** The CID, if an index leads to a section of the block. */
  private @Nullable Cid findWithoutReading(BlockSearch search) throws IOException {
    Cid cid = search.cid();
    for (RunEntry place : catalog.places(cid.multihash())) {
      try {
        if (isAt(cid, place)) {
          return cid;
        }
      } catch (NoSuchFileException e) {
        vanished(search, place.pack());
      }
    }
    for (String name : catalog.list().loose()) {
      try {
        if (search.startPack(name) && contains(cid, name, false)) {
          return cid;
        }
      } catch (NoSuchFileException e) {
        vanished(search, name);
      }
    }
    return null;
  }

  private boolean holdsAt(Cid cid, RunEntry place) throws IOException {
    try {
      return catalog.list().stays(place.pack()) && isAt(cid, place);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private boolean holdsIn(Cid cid, String loose) throws IOException {
    try {
      return !catalog.list().condemned().contains(loose) && contains(cid, loose, true);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private boolean isAt(Cid cid, RunEntry place) throws IOException {
    try (Pack pack = open.acquire(place.pack())) {
      boolean found = pack.isAt(cid, place.offset()) || pack.contains(cid.multihash());
      if (!found && !pack.damaged()) {
        catalog.distrust(place);
      }
      return found;
    }
  }

  private boolean contains(Cid cid, String name, boolean undamagedOnly) throws IOException {
    try (Pack pack = open.acquire(name)) {
      return pack.contains(cid.multihash()) && !(undamagedOnly && pack.damaged());
    }
  }

  @Override
  public void close() throws IOException {
    try (catalog) {
      open.close();
    }
  }
}
