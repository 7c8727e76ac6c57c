package dev.cairn.runners.cli;

import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.store.Pin;
import dev.cairn.io.store.tier.Receipt;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.io.unixfs.AddOptions;
import dev.cairn.io.unixfs.Added;
import dev.cairn.io.unixfs.FolderAdd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn add}: local files into the store. */
@Command(
    name = "add",
    description = "Adds files and folders, with the CIDs of ipfs add -r.",
    mixinStandardHelpOptions = true)
final class AddCommand implements Callable<Integer> {
  private static final Path TEMP = Path.of(System.getProperty("java.io.tmpdir"));

  @Parameters(arity = "1..*", paramLabel = "PATH")
  private List<Path> paths = new ArrayList<>();

  @Option(names = "--only-hash", description = "Compute the CID and store nothing.")
  private boolean onlyHash;

  @Option(names = "--hidden", description = "Take files whose names begin with a dot too.")
  private boolean hidden;

  @Option(
      names = "--dereference-symlinks",
      description = "Follow symbolic links instead of keeping them.")
  private boolean dereference;

  @Option(
      names = "--pin",
      arity = "0..1",
      defaultValue = "true",
      fallbackValue = "true",
      description = "Pin what is added (default: true).")
  private boolean pin;

  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    for (Path path : paths) {
      if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        throw new UsageException("Cannot add: " + path + " (a file, folder or link)");
      }
    }
    if (onlyHash) {
      for (Path path : paths) {
        print(path, new FolderAdd(BlockWriter.discarding(), TEMP, options()).add(path));
      }
    } else {
      try (TieredStore store = home.open()) {
        DeliveryLines delivery = new DeliveryLines(store, output);
        for (Path path : paths) {
          add(store, path, delivery);
        }
        return delivery.exitCode();
      }
    }
    return ExitCode.DONE;
  }

  private void add(TieredStore store, Path path, DeliveryLines delivery) throws IOException {
    Added added;
    try (BlockWriter writer = store.local().newWriter()) {
      added = new FolderAdd(writer, TEMP, options()).add(path);
      writer.seal();
    }
    if (!pin) {
      print(path, added);
      return;
    }
    String why = "add " + path.getFileName();
    Receipt receipt = delivery.deliver(added.cid(), why);
    store.local().pins().add(added.cid(), Pin.Kind.PERSISTENT, why);
    print(path, added, receipt);
  }

  private AddOptions options() {
    AddOptions options = hidden ? AddOptions.standard().withHidden() : AddOptions.standard();
    return dereference ? options.withSymlinks(AddOptions.Symlinks.FOLLOW) : options;
  }

  private void print(Path path, Added added) {
    output.result(fields(added), added.cid() + " " + path);
  }

  private void print(Path path, Added added, Receipt receipt) {
    Map<String, Object> fields = fields(added);
    fields.put("delivery", receipt.node().toString());
    output.result(fields, added.cid() + " " + path);
  }

  private Map<String, Object> fields(Added added) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("cid", added.cid().toString());
    fields.put("bytes", added.bytes());
    fields.put("files", added.files());
    fields.put("blocks", added.blocks());
    fields.put("new_blocks", onlyHash ? 0 : added.newBlocks());
    return fields;
  }
}
