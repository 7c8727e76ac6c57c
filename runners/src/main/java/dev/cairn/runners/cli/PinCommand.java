package dev.cairn.runners.cli;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Target;
import dev.cairn.io.store.Pin;
import dev.cairn.io.store.tier.TieredStore;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cairn pin}: keeps a DAG, once it is whole. */
@Command(name = "pin", description = "Keeps what TARGET names.", mixinStandardHelpOptions = true)
final class PinCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TARGET")
  private String target = "";

  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    try (TieredStore store = home.open()) {
      Cid cid = Target.parse(target).resolve(store.local().refs(), store);
      DeliveryLines delivery = new DeliveryLines(store, output);
      String why = "pin " + target;
      store.bring(cid);
      delivery.deliver(cid, why);
      PinLine.print(output, store.local().pins().put(cid, Pin.Kind.PERSISTENT, why));
      return delivery.exitCode();
    }
  }
}
