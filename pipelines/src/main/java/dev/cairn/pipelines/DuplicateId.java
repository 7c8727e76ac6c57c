package dev.cairn.pipelines;

import dev.cairn.io.dataset.Address;
import dev.cairn.io.dataset.DeadLetter;

/** The dead letter of a record whose id another record of other content has. */
final class DuplicateId {
  static final String CODE = "duplicate_id";

  private DuplicateId() {}

  static DeadLetter letter(Address kept, Address refused) {
    return new DeadLetter(
        refused.path(),
        refused.id(),
        "plan",
        CODE,
        "another record has this id: " + kept.path() + " (one record an id)",
        "");
  }
}
