package dev.cairn.runners.cli;

import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.tier.PolicyResolver;
import dev.cairn.io.store.tier.StorePolicy;
import dev.cairn.io.store.tier.StoreSettings;
import dev.cairn.io.store.tier.TieredStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
  private StoreSettings.@Nullable Choice store;

  @Option(
      names = "--kubo-api",
      paramLabel = "URL",
      description = "The Kubo node's RPC, a URL or multiaddr (default: CAIRN_KUBO_API).")
  private @Nullable String kuboApi;

  @Option(
      names = "--kubo-auth-file",
      paramLabel = "FILE",
      description = "A file with bearer:TOKEN or basic:USER:PASS (default: CAIRN_KUBO_AUTH).")
  private @Nullable Path kuboAuthFile;

  @Option(
      names = "--gateway",
      paramLabel = "URL",
      description = "A trustless gateway to read from; repeatable (default: CAIRN_GATEWAYS).")
  private @Nullable List<String> gateways;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  /** The flags that say which tiers are used, as they were given. */
  List<String> storeFlags() {
    List<String> flags = new ArrayList<>();
    if (store != null) {
      flags.add("--store=" + store.name().toLowerCase(Locale.ROOT));
    }
    if (kuboApi != null) {
      flags.add("--kubo-api=" + kuboApi);
    }
    if (kuboAuthFile != null) {
      flags.add("--kubo-auth-file=" + kuboAuthFile.toAbsolutePath());
    }
    if (gateways != null) {
      gateways.forEach(gateway -> flags.add("--gateway=" + gateway));
    }
    return flags;
  }

  /** Decides by flags and environment which tiers are used. */
  PolicyResolver resolver() {
    StoreSettings.Choice choice = given(options -> options.store);
    Path folder = given(options -> options.home);
    List<String> named = given(options -> options.gateways);
    StoreSettings settings =
        new StoreSettings(
            folder,
            choice == null ? StoreSettings.Choice.AUTO : choice,
            given(options -> options.kuboApi),
            given(options -> options.kuboAuthFile),
            named == null ? List.of() : named);
    return new PolicyResolver(settings, System.getenv());
  }

  /** The policy; asks the node unless something speaks against it before. */
  StorePolicy policy() throws IOException {
    try {
      return resolver().resolve();
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Opens all tiers for reading, remote ones when they are first needed; the caller closes it. */
  TieredStore open() throws IOException {
    return new TieredStore(openLocal(), this::policy);
  }

  /** Opens the local store alone; the caller closes it. */
  LocalStore openLocal() throws IOException {
    return LocalStore.open(resolver().home());
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
