package dev.cairn.runners.cli;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Target;
import dev.cairn.io.dataset.TargetNotFoundException;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.Pin;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cairn unpin}: a DAG need not be kept any more. */
@Command(name = "unpin", description = "Removes a pin.", mixinStandardHelpOptions = true)
final class UnpinCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TARGET")
  private String target = "";

  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    try (LocalStore store = home.openLocal()) {
      Target named = Target.parse(target);
      // A bare CID may be unpinned even where its blocks are gone.
      Cid root = named.root();
      Cid cid = root != null && named.path().isEmpty() ? root : named.resolve(store.refs(), store);
      Pin pin = store.pins().get(cid);
      if (pin == null || !store.pins().remove(cid)) {
        throw new TargetNotFoundException(target, "it is not pinned (see cairn pins)");
      }
      PinLine.print(output, pin);
    }
    return ExitCode.DONE;
  }
}
