package dev.cairn.io.store;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.MissingBlockException;
import dev.cairn.io.cid.Cid;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds blocks in the packs of a home. Safe for use by several threads. */
final class Packs implements Closeable {
  private final Home home;
  private final PackCatalog catalog;
  private final OpenPacks open;
  private volatile String lastHit = "";

  Packs(Home home) {
    this.home = home;
    this.catalog = new PackCatalog(home);
    this.open = new OpenPacks(home);
  }

  /** Lists the packs again. */
  void refresh() throws IOException {
    catalog.refresh();
  }

  /** Names of packs that are to go: what they hold must be written again to stay. */
  Set<String> condemned() {
    return catalog.list().condemned();
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
    Block block = find(search);
    if (block == null) {
      catalog.refresh();
      block = find(search);
    }
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

  /** True if a pack's index lists the block; the packs are listed again before it is false. */
  boolean has(Cid cid) throws IOException {
    PackList before = catalog.list();
    if (inRuns(cid, false) || anyContains(cid, catalog.list().loose(), false)) {
      return true;
    }
    catalog.refresh();
    return inRuns(cid, false) || anyContains(cid, catalog.list().looseSince(before), false);
  }

  /**
   * True if the block need not be written again: it was in an undamaged pack that is not condemned
   * when last listed.
   */
  boolean holds(Cid cid) throws IOException {
    return inRuns(cid, true) || anyContains(cid, catalog.list().loose(), true);
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
      return null;
    }
  }

  /**
   * Asks the runs, and the section that they lead to.
   *
   * @param stayingOnly whether to count only packs that were there, and not condemned, when last
   *     listed
   */
  private boolean inRuns(Cid cid, boolean stayingOnly) throws IOException {
    for (RunEntry place : catalog.places(cid.multihash())) {
      boolean counts = !stayingOnly || catalog.list().stays(place.pack());
      if (counts && isAt(cid, place)) {
        return true;
      }
    }
    return false;
  }

  private boolean isAt(Cid cid, RunEntry place) throws IOException {
    try (Pack pack = open.acquire(place.pack())) {
      boolean found = pack.isAt(cid, place.offset()) || pack.contains(cid.multihash());
      if (!found) {
        catalog.distrust(place);
      }
      return found;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private boolean anyContains(Cid cid, Collection<String> names, boolean stayingOnly)
      throws IOException {
    for (String name : names) {
      boolean counts = !stayingOnly || catalog.list().stays(name);
      if (counts && contains(cid, name, stayingOnly)) {
        return true;
      }
    }
    return false;
  }

  private boolean contains(Cid cid, String name, boolean undamagedOnly) throws IOException {
    try (Pack pack = open.acquire(name)) {
      return pack.contains(cid.multihash()) && !(undamagedOnly && pack.damaged());
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    try (catalog) {
      open.close();
    }
  }
}
