package dev.cairn.runners.cli;

import dev.cairn.io.car.CarExport;
import dev.cairn.io.car.CarSummary;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Target;
import dev.cairn.io.store.tier.TieredStore;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn export}: a DAG to a CAR file. */
@Command(
    name = "export",
    description = "Writes a DAG as a CARv1 file.",
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TARGET")
  private String target = "";

  @Option(names = "-o", required = true, paramLabel = "FILE.car")
  private Path file = Path.of("");

  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    return StopSignal.watch(this::export);
  }

  private int export() throws IOException {
    try (TieredStore store = home.open()) {
      Cid cid = Target.parse(target).resolve(store.local().refs(), store);
      Path part = file.resolveSibling(file.getFileName() + ".part");
      try {
        CarSummary summary;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 20)) {
          summary = CarExport.v1(store, cid, out);
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        CarLine.print(output, summary);
      } finally {
        Files.deleteIfExists(part);
      }
    }
    return ExitCode.DONE;
  }
}
