package dev.cairn.runners.cli;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Target;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.io.unixfs.FolderGet;
import dev.cairn.io.unixfs.Got;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn get}: a file or folder of the store to a local path. */
@Command(
    name = "get",
    description = "Writes a file or folder to a local path that does not exist yet.",
    mixinStandardHelpOptions = true)
final class GetCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TARGET")
  private String target = "";

  @Option(names = "-o", required = true, paramLabel = "PATH")
  private Path path = Path.of("");

  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    return StopSignal.watch(this::get);
  }

  private int get() throws IOException {
    try (TieredStore store = home.open()) {
      Cid cid = Target.parse(target).resolve(store.local().refs(), store);
      Got got = new FolderGet(store).get(cid, path);
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("path", path.toString());
      fields.put("bytes", got.bytes());
      fields.put("files", got.files());
      output.result(fields, path.toString());
    }
    return ExitCode.DONE;
  }
}
