package dev.cairn.runners.cli;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.tier.Delivery;
import dev.cairn.io.store.tier.Receipt;
import dev.cairn.io.store.tier.TieredStore;
import java.io.IOException;

/** Delivers what a command wrote, says what is still to be, and remembers it for the exit code. */
final class DeliveryLines {
  private final Delivery delivery;
  private final OutputOptions output;
  private boolean pending;

  /** Decides now which tiers are used: a node that must be there and is not ends the command. */
  DeliveryLines(TieredStore store, OutputOptions output) throws IOException {
    this.delivery = new Delivery(store);
    this.output = output;
    var unused = store.policy();
  }

  Receipt deliver(Cid root, String name) throws IOException {
    Receipt receipt = delivery.deliver(root, name);
    pending |= receipt.isPending();
    note(output, receipt);
    return receipt;
  }

  static void note(OutputOptions output, Receipt receipt) {
    if (receipt.isPending()) {
      output.note(receipt.node() + ": " + receipt.root() + ": " + receipt.reason());
    }
  }

  int exitCode() {
    return pending ? ExitCode.QUEUED : ExitCode.DONE;
  }
}
