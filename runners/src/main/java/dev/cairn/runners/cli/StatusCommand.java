package dev.cairn.runners.cli;

import dev.cairn.io.block.IntegrityException;
import dev.cairn.io.store.GcReport;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.OutboxEntry;
import dev.cairn.io.store.StorageException;
import dev.cairn.io.store.tier.StorePolicy;
import dev.cairn.io.store.tier.TierHealth;
import dev.cairn.io.store.tier.TieredStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cairn status}: which tiers are used, why, and how they are. */
@Command(
    name = "status",
    description = "Tells which store is used, why, and how each of its tiers is.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  private final Map<String, Object> fields = new LinkedHashMap<>();
  private final List<Map<String, Object>> tiers = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  @Override
  public Integer call() throws IOException {
    int code = ExitCode.DONE;
    try (TieredStore store = home.open()) {
      boolean decided = decision(store);
      fields.put("tiers", tiers);
      try {
        GcReport gc = store.local().gc().preview();
        tier(new TierHealth("local", true, detail(store.local())));
        text.append(
            String.format(
                Locale.ROOT,
                "  gc would remove %d blocks and free %.1f MB%n",
                gc.removedBlocks(),
                gc.freedBytes() / 1e6));
        outbox(store.local());
        fields.put("gc", GcCommand.fields(gc));
      } catch (IntegrityException e) {
        tier(new TierHealth("local", false, e.getMessage() + " (cairn verify tells all)"));
        code = ExitCode.INTEGRITY;
      }
      if (decided) {
        store.health().forEach(this::tier);
      } else {
        code = ExitCode.STORAGE;
      }
    }
    output.result(fields, text.toString().stripTrailing());
    return code;
  }

  /** False if there is none, because a node that answers refuses, or is none: all else is told. */
  private boolean decision(TieredStore store) throws IOException {
    try {
      StorePolicy policy = store.policy();
      fields.put("mode", policy.mode().toString());
      fields.put("reason", policy.reason());
      text.append("store: ").append(policy.mode()).append(" (").append(policy.reason());
      text.append(")\n");
      return true;
    } catch (StorageException e) {
      fields.put("reason", String.valueOf(e.getMessage()));
      text.append("store: cannot be decided (").append(e.getMessage()).append(")\n");
      return false;
    }
  }

  private void tier(TierHealth health) {
    Map<String, Object> tier = new LinkedHashMap<>();
    tier.put("name", health.name());
    tier.put("ok", health.ok());
    tier.put("detail", health.detail());
    tiers.add(tier);
    text.append(health.name()).append(health.ok() ? ": ok, " : ": not ok, ");
    text.append(health.detail()).append('\n');
  }

  private void outbox(LocalStore store) throws IOException {
    List<Map<String, Object>> entries = new ArrayList<>();
    for (OutboxEntry entry : store.outbox().list()) {
      String state = entry.isRefused() ? "refused" : "queued";
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("root", entry.root().toString());
      line.put("pin", entry.pin());
      line.put("since", entry.since().toString());
      line.put("state", state);
      line.put("reason", entry.refusal());
      entries.add(line);
      text.append("  ").append(state).append(" for the node since ").append(entry.since());
      text.append(": ").append(entry.root()).append(' ').append(entry.refusal()).append('\n');
    }
    fields.put("outbox", entries);
  }

  private static String detail(LocalStore store) throws IOException {
    return String.format(
        Locale.ROOT,
        "%s: %s, %d refs, %d pins, %.1f GB free",
        store.home(),
        store.exists() ? "a store" : "empty, made on the first write",
        store.refs().list().size(),
        store.pins().list().size(),
        store.freeBytes() / 1e9);
  }
}
