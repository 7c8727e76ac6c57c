package dev.cairn.io.store;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockStore;
import dev.cairn.io.block.CorruptBlockException;
import dev.cairn.io.block.DagWalk;
import dev.cairn.io.block.MissingBlockException;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import java.io.IOException;

/** Walks DAGs and notes what is missing, corrupt or no node of its codec. */
final class DagCheck implements DagWalk.Visitor {
  private final DagWalk walk;
  private final Findings findings;
  private final boolean count;

  private DagCheck(DagWalk walk, Findings findings, boolean count) {
    this.walk = walk;
    this.findings = findings;
    this.count = count;
  }

  /** Looks only whether all blocks are there: packs were hashed as a whole before. */
  static DagCheck ofPresence(LocalStore store, Findings findings) {
    return new DagCheck(DagWalk.skippingLeaves(store), findings, false);
  }

  /** Reads, hashes and counts every block. */
  static DagCheck ofContent(BlockStore store, Findings findings) {
    return new DagCheck(DagWalk.reading(store), findings, true);
  }

  void from(Cid root) throws IOException {
    try {
      walk.from(root, this);
    } catch (MalformedContentException e) {
      findings.corrupt(root, "below " + root, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void block(Block block) {
    if (count) {
      findings.good(block.size());
    }
  }

  @Override
  public void missing(MissingBlockException e) {
    Cid cid = e.cid();
    if (cid != null) {
      findings.missing(cid);
    }
  }

  @Override
  public void corrupt(CorruptBlockException e) {
    findings.corrupt(e.cid(), e.where(), e.computed());
  }
}
