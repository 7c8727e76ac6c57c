package dev.cairn.runners.cli;

import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.StorePolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Where the store is and which tiers are used: flags that every command with a store takes, before
 * or after its name. The one that stands last counts.
 */
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
  private @Nullable StoreChoice store;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  /** The policy that flags and environment give. */
  StorePolicy policy() {
    StoreChoice choice = given(options -> options.store);
    if (choice == StoreChoice.KUBO) {
      throw new UsageException(
          "Cannot use --store: kubo (auto or local; this version has no Kubo tier)");
    }
    return StorePolicy.local(
        folder(System.getenv()),
        choice == StoreChoice.LOCAL ? "--store local" : "the only tier of this version");
  }

  /** Opens the store; the caller closes it. */
  LocalStore open() throws IOException {
    return policy().open();
  }

  private Path folder(Map<String, String> environment) {
    Path flag = given(options -> options.home);
    if (flag != null) {
      return flag;
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

  /** A flag's value at this command, else at the nearest command before its name. */
  private <T> @Nullable T given(Function<HomeOptions, @Nullable T> flag) {
    T value = flag.apply(this);
    CommandLine above = command.commandLine().getParent();
    while (value == null && above != null) {
      for (CommandSpec mixin : above.getCommandSpec().mixins().values()) {
        if (mixin.userObject() instanceof HomeOptions options) {
          value = flag.apply(options);
        }
      }
      above = above.getParent();
    }
    return value;
  }
}
