package dev.cairn.runners.cli;

import dev.cairn.io.bench.StoreBenchmark;
import dev.cairn.io.bench.StoreFigures;
import dev.cairn.io.bench.StoreLoad;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cairn bench store}: the local store beside hashing, copying and {@code ipfs}. */
@Command(
    name = "store",
    description = {
      "Times the store beside hashing alone, copying and ipfs, in turns in one run.",
      "ipfs is the one that CAIRN_IPFS names, else the one on the PATH; without it, no ipfs."
    },
    mixinStandardHelpOptions = true)
final class BenchStoreCommand implements Callable<Integer> {
  @Option(
      names = "--dir",
      required = true,
      paramLabel = "DIR",
      description = "A folder on the disk to measure; left as it was.")
  private Path folder = Path.of("");

  @Option(
      names = "--bytes",
      defaultValue = "1073741824",
      paramLabel = "N",
      description = "Bytes of the large file (default: 1 GiB).")
  private long bytes;

  @Option(
      names = "--files",
      defaultValue = "20000",
      paramLabel = "N",
      description = "Small files (default: 20000).")
  private int files;

  @Option(names = "--rounds", defaultValue = "3", description = "Rounds; the median counts.")
  private int rounds;

  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new UsageException("Cannot use --dir: " + folder + " (a folder)");
    }
    atLeastOne("--bytes", bytes);
    atLeastOne("--files", files);
    atLeastOne("--rounds", rounds);
    StoreFigures figures =
        StoreBenchmark.run(folder, new StoreLoad(bytes, files, rounds), findIpfs(System.getenv()));
    output.result(fields(figures), text(figures));
    return ExitCode.DONE;
  }

  private static void atLeastOne(String flag, long value) {
    if (value < 1) {
      throw new UsageException("Cannot use " + flag + ": " + value + " (at least 1)");
    }
  }

  static @Nullable Path findIpfs(Map<String, String> environment) {
    String named = environment.getOrDefault("CAIRN_IPFS", "");
    if (!named.isEmpty()) {
      if (!Files.isExecutable(Path.of(named))) {
        throw new UsageException("Cannot use CAIRN_IPFS: " + named + " (a program)");
      }
      return Path.of(named);
    }
    for (String place : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      Path candidate = Path.of(place, "ipfs");
      if (!place.isEmpty() && Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
        return candidate;
      }
    }
    return null;
  }

  private Map<String, Object> fields(StoreFigures figures) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("bytes", bytes);
    fields.put("small_files", files);
    fields.put("add_mb_per_second", figures.add());
    fields.put("get_mb_per_second", figures.get());
    fields.put("cat_mb_per_second", figures.cat());
    fields.put("verify_mb_per_second", figures.verify());
    fields.put("hash_mb_per_second", figures.hash());
    fields.put("copy_mb_per_second", figures.durableCopy());
    fields.put("plain_copy_mb_per_second", figures.plainCopy());
    fields.put("small_files_per_second", figures.smallAdd());
    fields.put("small_get_files_per_second", figures.smallGet());
    fields.put("add_ratio", figures.addRatio());
    fields.put("get_ratio", figures.getRatio());
    fields.put("cat_ratio", figures.catRatio());
    fields.put("verify_ratio", figures.verifyRatio());
    StoreFigures.Ipfs ipfs = figures.ipfs();
    if (ipfs != null) {
      fields.put("ipfs_add_mb_per_second", ipfs.add());
      fields.put("ipfs_get_mb_per_second", ipfs.get());
      fields.put("ipfs_small_files_per_second", ipfs.smallAdd());
      fields.put("ipfs_small_get_files_per_second", ipfs.smallGet());
      fields.put("small_add_ratio_to_ipfs", ipfs.smallAddRatio());
      fields.put("small_get_ratio_to_ipfs", ipfs.smallGetRatio());
    }
    return fields;
  }

  private String text(StoreFigures figures) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%d bytes: hash %.0f MB/s, durable copy %.0f, plain copy %.0f%n"
                + "add %.0f MB/s (%.2f of durable copy and hash), get %.0f (%.2f of plain copy"
                + " and hash), cat %.0f (%.2f of hash), verify %.0f (%.2f of hash)%n"
                + "%d small files: add %.0f/s, get %.0f/s",
            bytes,
            figures.hash(),
            figures.durableCopy(),
            figures.plainCopy(),
            figures.add(),
            figures.addRatio(),
            figures.get(),
            figures.getRatio(),
            figures.cat(),
            figures.catRatio(),
            figures.verify(),
            figures.verifyRatio(),
            files,
            figures.smallAdd(),
            figures.smallGet()));
    StoreFigures.Ipfs ipfs = figures.ipfs();
    if (ipfs != null) {
      text.append(
          String.format(
              Locale.ROOT,
              "%nipfs: add %.0f MB/s, get %.0f; small files: add %.0f/s (Cairn: %.1f times),"
                  + " get %.0f/s (%.1f times)",
              ipfs.add(),
              ipfs.get(),
              ipfs.smallAdd(),
              ipfs.smallAddRatio(),
              ipfs.smallGet(),
              ipfs.smallGetRatio()));
    }
    return text.toString();
  }
}
