package dev.cairn.runners.cli;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Target;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.io.unixfs.DirEntry;
import dev.cairn.io.unixfs.Listing;
import dev.cairn.io.unixfs.NodeKind;
import dev.cairn.io.unixfs.Stat;
import dev.cairn.io.unixfs.UnixFs;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn ls}: the entries of a folder. */
@Command(name = "ls", description = "Lists a folder.", mixinStandardHelpOptions = true)
final class LsCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TARGET")
  private String target = "";

  @Option(names = "-r", description = "Enter folders.")
  private boolean recursive;

  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    try (TieredStore store = home.open()) {
      Cid cid = Target.parse(target).resolve(store.local().refs(), store);
      UnixFs files = new UnixFs(store);
      Stat stat = files.stat(cid);
      if (stat.kind() == NodeKind.DIRECTORY) {
        list(files, cid, "");
      } else {
        print(target.substring(target.lastIndexOf('/') + 1), stat, stat.size());
      }
    }
    return ExitCode.DONE;
  }

  private void list(UnixFs files, Cid folder, String prefix) throws IOException {
    Listing entries = files.list(folder);
    while (entries.hasNext()) {
      DirEntry entry = entries.next();
      Stat stat = files.stat(entry.cid());
      boolean isFolder = stat.kind() == NodeKind.DIRECTORY;
      print(prefix + entry.name(), stat, isFolder ? entry.tsize() : stat.size());
      if (recursive && isFolder) {
        list(files, entry.cid(), prefix + entry.name() + "/");
      }
    }
  }

  private void print(String name, Stat stat, long bytes) {
    boolean isFolder = stat.kind() == NodeKind.DIRECTORY;
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", name);
    fields.put("cid", stat.cid().toString());
    fields.put("bytes", bytes);
    fields.put(
        "type",
        switch (stat.kind()) {
          case FILE -> "file";
          case DIRECTORY -> "dir";
          case SYMLINK -> "symlink";
        });
    output.result(fields, name + (isFolder ? "/" : ""));
  }
}
