package dev.cairn.runners.cli;

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
    try (LocalStore store = policy.open()) {
      String detail =
          String.format(
              Locale.ROOT,
              "%s: %s, %d refs, %d pins, %.1f GB free",
              policy.home(),
              store.exists() ? "a store" : "empty, made on the first write",
              store.refs().list().size(),
              store.pins().list().size(),
              store.freeBytes() / 1e9);
      GcReport gc = store.gc().preview();
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("mode", policy.mode());
      fields.put("reason", policy.reason());
      fields.put("tiers", List.of(Map.of("name", "local", "ok", true, "detail", detail)));
      fields.put("outbox", List.of());
      fields.put("gc", GcCommand.fields(gc));
      output.result(
          fields,
          String.format(
              Locale.ROOT,
              "store: %s (%s)\nlocal: ok, %s\ngc would remove %d blocks and free %.1f MB",
              policy.mode(),
              policy.reason(),
              detail,
              gc.removedBlocks(),
              gc.freedBytes() / 1e6));
    }
    return ExitCode.DONE;
  }
}
