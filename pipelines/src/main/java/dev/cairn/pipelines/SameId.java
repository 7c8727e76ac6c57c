package dev.cairn.pipelines;

import dev.cairn.io.dataset.Address;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records of one id as they come in order: a document, or the parts of one. */
final class SameId {
  /** Records of one document at most: far more than opinions have ever been in one case. */
  private static final int MAX_PARTS = 1000;

  private final List<Address> kept = new ArrayList<>();
  private boolean text;

  SameId(Address first) {
    keep(first);
  }

  String id() {
    return kept.get(0).id();
  }

  /**
   * Takes the next record.
   *
   * @return null if it is another part of the document; else the record in whose place it would be
   */
  @Nullable Address add(Address next) {
    Address last = kept.get(kept.size() - 1);
    if (last.part().isEmpty() || last.part().equals(next.part()) || kept.size() == MAX_PARTS) {
      return last;
    }
    keep(next);
    return null;
  }

  List<Address> kept() {
    return kept;
  }

  /** False if its records only describe a document. */
  boolean hasText() {
    return text;
  }

  private void keep(Address address) {
    kept.add(address);
    text |= address.textBytes() > 0;
  }
}
