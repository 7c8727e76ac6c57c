package dev.cairn.runners.cli;

import dev.cairn.io.car.CarImport;
import dev.cairn.io.car.CarSummary;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.LocalWriter;
import dev.cairn.io.store.Pin;
import dev.cairn.io.store.tier.TieredStore;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cairn import}: a CAR file's blocks into the store, all or none. */
@Command(
    name = "import",
    description = "Stores a CAR file (v1 or v2) and pins its roots.",
    mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE.car")
  private Path file = Path.of("");

  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new UsageException("Cannot import: " + file + " (a CAR file)");
    }
    try (TieredStore store = home.open();
        LocalWriter writer = store.local().newWriter();
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 20)) {
      DeliveryLines delivery = new DeliveryLines(store, output);
      CarSummary summary = CarImport.readWhole(in, file.toString(), writer, writer.pending());
      writer.seal();
      for (Cid root : summary.roots()) {
        String why = "import " + file.getFileName();
        store.local().keep(root);
        delivery.deliver(root, why);
        store.local().pins().add(root, Pin.Kind.PERSISTENT, why);
      }
      CarLine.print(output, summary);
      return delivery.exitCode();
    }
  }
}
