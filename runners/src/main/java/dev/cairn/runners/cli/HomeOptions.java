package dev.cairn.runners.cli;

import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.StorePolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the store is and which tiers are used: flags that every command with a store takes. */
final class HomeOptions {
  private enum StoreChoice {
    AUTO,
    LOCAL,
    KUBO
  }

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description =
          "The store's folder (default: CAIRN_HOME, else cairn in the user's data folder).")
  private @Nullable Path home;

  @Option(
      names = "--store",
      paramLabel = "auto|local|kubo",
      description = "Which store to use (default: auto).")
  private StoreChoice store = StoreChoice.AUTO;

  /** The policy that flags and environment give. */
  StorePolicy policy() {
    if (store == StoreChoice.KUBO) {
      throw new UsageException(
          "Cannot use --store: kubo (auto or local; this version has no Kubo tier)");
    }
    return StorePolicy.local(
        folder(System.getenv()),
        store == StoreChoice.LOCAL ? "--store local" : "the only tier of this version");
  }

  /** Opens the store; the caller closes it. */
  LocalStore open() throws IOException {
    return policy().open();
  }

  private Path folder(Map<String, String> environment) {
    if (home != null) {
      return home;
    }
    String named = environment.getOrDefault("CAIRN_HOME", "");
    if (!named.isEmpty()) {
      return Path.of(named);
    }
    String data = environment.getOrDefault("XDG_DATA_HOME", "");
    Path base =
        data.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".local", "share")
            : Path.of(data);
    return base.resolve("cairn");
  }
}
