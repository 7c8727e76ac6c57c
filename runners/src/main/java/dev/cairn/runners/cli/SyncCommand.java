package dev.cairn.runners.cli;

import dev.cairn.io.store.tier.Delivery;
import dev.cairn.io.store.tier.Receipt;
import dev.cairn.io.store.tier.TieredStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cairn sync}: what waits for the node, to the node. */
@Command(
    name = "sync",
    description = "Delivers to the node what waits for it, and proves that it is there.",
    mixinStandardHelpOptions = true)
final class SyncCommand implements Callable<Integer> {
  @Option(
      names = "--verify",
      description = "Read all that was ever delivered back, hash it, and heal what is damaged.")
  private boolean verify;

  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    try (TieredStore store = home.open()) {
      Delivery delivery = new Delivery(store);
      if (!delivery.hasNode()) {
        throw new UsageException("Cannot sync: no node (" + store.policy().reason() + ")");
      }
      List<String> delivered = new ArrayList<>();
      List<String> pending = new ArrayList<>();
      for (Receipt receipt : delivery.sync()) {
        DeliveryLines.note(output, receipt);
        (receipt.isPending() ? pending : delivered).add(receipt.root().toString());
      }
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("delivered", delivered);
      fields.put("pending", pending);
      String text = delivered.size() + " delivered, " + pending.size() + " pending";
      if (verify) {
        Delivery.Proof proof = delivery.verify();
        proof.healed().forEach(bad -> output.note("healed: " + bad));
        fields.put("verified", proof.roots());
        fields.put("blocks", proof.blocks());
        fields.put("healed", proof.healed().stream().map(Object::toString).toList());
        text +=
            String.format(
                "; %d roots verified, %d blocks, %d healed",
                proof.roots(), proof.blocks(), proof.healed().size());
      }
      output.result(fields, text);
      return pending.isEmpty() ? ExitCode.DONE : ExitCode.QUEUED;
    }
  }
}
