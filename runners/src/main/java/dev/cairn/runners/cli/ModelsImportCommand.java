package dev.cairn.runners.cli;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.Pin;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.models.remote.RemoteLimits;
import dev.cairn.pipelines.Models;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cairn models import}: a model into the store, where it is kept. */
@Command(
    name = "import",
    description = "Puts a model into the store and keeps it: its files and nothing beside them.",
    mixinStandardHelpOptions = true)
final class ModelsImportCommand implements Callable<Integer> {
  /** Why a model is pinned; its reference follows. */
  static final String WHY = "model ";

  @Parameters(paramLabel = "REF", description = "A folder, hf://ORG/NAME[@REVISION], ipfs://CID.")
  private String reference = "";

  @Mixin private FetchOption fetch = new FetchOption();
  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    try (TieredStore store = home.open()) {
      Models.Model model =
          new Models(store, fetch.access(RemoteLimits.interactive())).find(reference);
      Cid root =
          model
              .ref()
              .root()
              .orElseThrow(
                  () ->
                      new UsageException(
                          "Cannot import model: "
                              + reference
                              + " (one of files that is not builtin)"));
      DeliveryLines delivery = new DeliveryLines(store, output);
      String why = WHY + model.ref();
      delivery.deliver(root, why);
      store.local().pins().put(root, Pin.Kind.PERSISTENT, why);
      ModelLine.print(output, model);
      return delivery.exitCode();
    }
  }
}
