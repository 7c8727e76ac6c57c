package dev.cairn.transforms.record;

import dev.cairn.io.dataset.Address;
import dev.cairn.io.store.tier.StorePolicy;
import java.nio.file.Path;
import java.util.List;

/** For tests of other rooms: a folder's plan. */
public final class PlannedFolder {
  private PlannedFolder() {}

  /** A case as one line of JSON. */
  public static String line(long id, String text) {
    return CaseLines.line(id, text);
  }

  /** The addresses of all cases in a folder, in order. */
  public static List<Address> addresses(Path folder, StorePolicy policy) throws Exception {
    return Planned.of(folder, Planned.list(folder), policy).addresses();
  }
}
