package dev.cairn.runners.cli;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Target;
import dev.cairn.io.store.tier.Delivery;
import dev.cairn.io.store.tier.TieredStore;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn publish}: an IPNS name for what TARGET names. */
@Command(
    name = "publish",
    description = "Points an IPNS name of the node at what TARGET names.",
    mixinStandardHelpOptions = true)
final class PublishCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TARGET")
  private String target = "";

  @Option(
      names = "--key",
      defaultValue = "self",
      description = "The node's key to publish under (default: ${DEFAULT-VALUE}).")
  private String key = "";

  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    try (TieredStore store = home.open()) {
      Delivery delivery = new Delivery(store);
      if (!delivery.hasNode()) {
        throw new UsageException("Cannot publish: no node (" + store.policy().reason() + ")");
      }
      Cid cid = Target.parse(target).resolve(store.local().refs(), store);
      String name = delivery.publish(cid, key);
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("name", "/ipns/" + name);
      fields.put("value", "/ipfs/" + cid);
      fields.put("key", key);
      output.result(fields, "/ipns/" + name);
    }
    return ExitCode.DONE;
  }
}
