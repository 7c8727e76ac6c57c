package dev.cairn.runners.cli;

import dev.cairn.io.store.Pin;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.models.ModelRef;
import dev.cairn.pipelines.Models;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cairn models}: the models that are at hand; below it, what can be done with one. */
@Command(
    name = "models",
    description = "Lists the models at hand: builtin ones and those that were imported.",
    mixinStandardHelpOptions = true,
    subcommands = {ModelsImportCommand.class, ModelsVerifyCommand.class})
final class ModelsCommand implements Callable<Integer> {
  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    try (TieredStore store = home.open()) {
      List<String> references = new ArrayList<>();
      ModelRef.builtins().forEach(ref -> references.add(ref.toString()));
      for (Pin pin : store.local().pins().list()) {
        if (pin.why().startsWith(ModelsImportCommand.WHY)) {
          references.add(pin.why().substring(ModelsImportCommand.WHY.length()));
        }
      }
      Models models = new Models(store);
      for (String reference : references) {
        ModelLine.print(output, models.find(reference));
      }
    }
    return ExitCode.DONE;
  }
}
