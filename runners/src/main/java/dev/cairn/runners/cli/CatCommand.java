package dev.cairn.runners.cli;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Target;
import dev.cairn.io.dataset.TargetNotFoundException;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.io.unixfs.NodeKind;
import dev.cairn.io.unixfs.UnixFs;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn cat}: a file's bytes to standard output. */
@Command(name = "cat", description = "Prints a file's bytes.", mixinStandardHelpOptions = true)
final class CatCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TARGET")
  private String target = "";

  @Option(names = "--offset", defaultValue = "0", description = "The first byte.")
  private long offset;

  @Option(names = "--length", description = "Bytes at most (default: to the end).")
  private @Nullable Long length;

  /** Taken as everywhere: there is nothing to silence. */
  @Option(names = "--quiet", description = "Print nothing but the bytes, as always.")
  void setQuiet(boolean quiet) {}

  @Mixin private HomeOptions home = new HomeOptions();

  @Override
  public Integer call() throws IOException {
    if (offset < 0 || (length != null && length < 0)) {
      throw new UsageException("Cannot use --offset, --length: " + offset + " (not negative)");
    }
    try (TieredStore store = home.open()) {
      Cid cid = Target.parse(target).resolve(store.local().refs(), store);
      UnixFs files = new UnixFs(store);
      if (files.stat(cid).kind() != NodeKind.FILE) {
        throw new TargetNotFoundException(target, "a file; cairn ls lists folders");
      }
      try (OutputStream out = new ResultStream()) {
        files.copy(cid, offset, length == null ? Long.MAX_VALUE : length, out);
      }
    }
    return ExitCode.DONE;
  }
}
