package dev.cairn.io.car;

import dev.cairn.io.cid.Cid;
import java.util.List;

/**
 * What an archive held.
 *
 * @param roots in the archive's order
 * @param blocks sections, a repeated block as often as it stands there
 * @param bytes bytes of those blocks, without CIDs and headers
 */
public record CarSummary(List<Cid> roots, long blocks, long bytes) {
  public CarSummary {
    roots = List.copyOf(roots);
  }
}
