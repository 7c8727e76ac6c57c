package dev.cairn.runners.cli;

import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.Pin;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cairn pins}: all pins. */
@Command(name = "pins", description = "Lists the pins.", mixinStandardHelpOptions = true)
final class PinsCommand implements Callable<Integer> {
  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    try (LocalStore store = home.openLocal()) {
      for (Pin pin : store.pins().list()) {
        PinLine.print(output, pin);
      }
    }
    return ExitCode.DONE;
  }
}
