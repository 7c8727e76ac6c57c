package dev.cairn.io.store;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.VerifyReport.Damage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** A {@link VerifyReport} while it is made. Not thread-safe. */
final class Findings {
  private final LongConsumer progress;
  private final List<Damage> corrupt = new ArrayList<>();
  private final Set<Cid> missing = new LinkedHashSet<>();
  private long blocks;
  private long bytes;

  Findings(LongConsumer progress) {
    this.progress = progress;
  }

  void good(long blockBytes) {
    blocks++;
    bytes += blockBytes;
    progress.accept(bytes);
  }

  void corrupt(@Nullable Cid cid, String where, String computed) {
    Damage damage = new Damage(cid, where, computed);
    if (!corrupt.contains(damage)) {
      corrupt.add(damage);
    }
  }

  void missing(Cid cid) {
    missing.add(cid);
  }

  VerifyReport report() {
    return new VerifyReport(blocks, bytes, corrupt, List.copyOf(missing));
  }
}
