package dev.cairn.runners.cli;

import dev.cairn.io.block.IntegrityException;
import dev.cairn.io.store.GcReport;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.StorePolicy;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cairn status}: which store is used, why, and how it is. */
@Command(
    name = "status",
    description = "Tells which store is used and how it is.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    StorePolicy policy = home.policy();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("mode", policy.mode());
    fields.put("reason", policy.reason());
    String text = "store: " + policy.mode() + " (" + policy.reason() + ")\n";
    try (LocalStore store = policy.open()) {
      GcReport gc = store.gc().preview();
      String detail = detail(policy, store);
      tiers(fields, true, detail);
      fields.put("gc", GcCommand.fields(gc));
      text +=
          String.format(
              Locale.ROOT,
              "local: ok, %s%ngc would remove %d blocks and free %.1f MB",
              detail,
              gc.removedBlocks(),
              gc.freedBytes() / 1e6);
    } catch (IntegrityException e) {
      String damage = String.valueOf(e.getMessage());
      tiers(fields, false, damage);
      output.result(fields, text + "local: damaged, " + damage + " (cairn verify tells all)");
      return ExitCode.INTEGRITY;
    }
    output.result(fields, text);
    return ExitCode.DONE;
  }

  private static void tiers(Map<String, Object> fields, boolean ok, String detail) {
    fields.put("tiers", List.of(Map.of("name", "local", "ok", ok, "detail", detail)));
    fields.put("outbox", List.of());
  }

  private static String detail(StorePolicy policy, LocalStore store) throws IOException {
    return String.format(
        Locale.ROOT,
        "%s: %s, %d refs, %d pins, %.1f GB free",
        policy.home(),
        store.exists() ? "a store" : "empty, made on the first write",
        store.refs().list().size(),
        store.pins().list().size(),
        store.freeBytes() / 1e9);
  }
}
