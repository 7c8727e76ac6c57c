package dev.cairn.io.block;

import dev.cairn.io.cid.Cid;

/** A block that something refers to is in no tier. */
public final class MissingBlockException extends IntegrityException {
  private static final long serialVersionUID = 1L;

  public MissingBlockException(Cid cid, String where) {
    super("Cannot read block: " + cid + " (not in " + where + ")", cid, null);
  }
}
