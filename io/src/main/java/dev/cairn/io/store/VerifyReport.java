package dev.cairn.io.store;

import dev.cairn.io.cid.Cid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a verification found.
 *
 * @param blocks blocks that were hashed and good
 * @param bytes bytes of those blocks
 * @param corrupt what is damaged
 * @param missing blocks that something needs and no pack holds
 */
public record VerifyReport(long blocks, long bytes, List<Damage> corrupt, List<Cid> missing) {

  /**
   * One damaged place.
   *
   * @param cid the block, where it is one
   * @param where the file, below the home, and the place in it
   * @param computed what was computed or found instead of what is promised
   */
  public record Damage(@Nullable Cid cid, String where, String computed) {}

  public VerifyReport {
    corrupt = List.copyOf(corrupt);
    missing = List.copyOf(missing);
  }

  /** True if nothing is wrong. */
  public boolean isClean() {
    return corrupt.isEmpty() && missing.isEmpty();
  }
}
