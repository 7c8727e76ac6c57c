package dev.cairn.io.store;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.CorruptBlockException;
import dev.cairn.io.cid.Cid;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One search for a block: where it looked already, and the corrupt copies that it met. */
final class BlockSearch {
  private final Cid cid;
  private final Set<String> tried = new HashSet<>();
  private @Nullable CorruptBlockException corrupt;
  private boolean sawVanish;

  BlockSearch(Cid cid) {
    this.cid = cid;
  }

  Cid cid() {
    return cid;
  }

  /** False if this pack was looked into already. */
  boolean startPack(String name) {
    return tried.add(name);
  }

  /** The block, if this pack has a good copy by its own index. */
  @Nullable Block in(Pack pack) throws IOException {
    try {
      return pack.get(cid);
    } catch (CorruptBlockException e) {
      note(e);
      return null;
    }
  }

  /** The block, if this pack has a good copy at this offset, or by its own index elsewhere. */
  @Nullable Block at(Pack pack, long offset) throws IOException {
    try {
      Block block = pack.getAt(cid, offset);
      block = block == null ? in(pack) : block;
      if (block == null && pack.damaged()) {
        note(pack.noSectionAt(cid, offset));
      }
      return block;
    } catch (CorruptBlockException e) {
      note(e);
      return null;
    }
  }

  /** A pack that was listed was gone when it was to be looked into. */
  void vanished(String name) {
    tried.remove(name);
    sawVanish = true;
  }

  boolean sawVanish() {
    return sawVanish;
  }

  /** What vanished until now does not count any more. */
  void forgetVanished() {
    sawVanish = false;
  }

  boolean foundCorrupt() {
    return corrupt != null;
  }

  void throwIfCorrupt() throws CorruptBlockException {
    if (corrupt != null) {
      throw corrupt;
    }
  }

  private void note(CorruptBlockException e) {
    if (corrupt == null) {
      corrupt = e;
    } else {
      corrupt.addSuppressed(e);
    }
  }
}
