package dev.cairn.runners.cli;

import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.models.ModelIdentity;
import dev.cairn.models.remote.RemoteLimits;
import dev.cairn.models.use.UsableModel;
import dev.cairn.pipelines.Models;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cairn models verify}: hashes a model, loads it and tells its identity here. */
@Command(
    name = "verify",
    description = "Hashes a model's files, loads it and tells its identity on this machine.",
    mixinStandardHelpOptions = true)
final class ModelsVerifyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "REF")
  private String reference = "";

  @Mixin private FetchOption fetch = new FetchOption();
  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    try (TieredStore store = home.open()) {
      Models models = new Models(store, fetch.access(RemoteLimits.interactive()));
      Models.Model model = models.find(reference);
      try (UsableModel usable = models.open(model, model.spec().tokenLimit())) {
        ModelIdentity identity = usable.identity();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("model", model.ref().toString());
        fields.putAll(identity.toMap());
        output.result(fields, model.ref() + " numerics " + identity.numerics());
      }
    }
    return ExitCode.DONE;
  }
}
