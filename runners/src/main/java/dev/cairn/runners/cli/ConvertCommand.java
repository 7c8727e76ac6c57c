package dev.cairn.runners.cli;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.format.SchemaJson;
import dev.cairn.io.store.Pin;
import dev.cairn.io.store.tier.StorePolicy;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.io.table.TableSchema;
import dev.cairn.pipelines.CarConversion;
import dev.cairn.pipelines.ConvertConfig;
import dev.cairn.pipelines.ConvertRun;
import dev.cairn.pipelines.EmbedRun;
import dev.cairn.pipelines.ReplacedFile;
import dev.cairn.transforms.convert.TableFormat;
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
import picocli.CommandLine.Parameters;

/** {@code cairn convert}: tables from one format to another. */
@Command(
    name = "convert",
    description =
        "Converts tables, without loss or not at all: a file to a file, a folder to a folder.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ConvertCommand implements Callable<Integer> {
  private static final String STORE = "store:";
  private static final String CAR = "car";
  private static final int MAX_SCHEMA_BYTES = 16 << 20;

  @Parameters(index = "0", paramLabel = "TARGET", description = "A file or folder, a CID or a ref.")
  private String target = "";

  @Parameters(index = "1", paramLabel = "OUT", description = "A path, or store: to pin it there.")
  private String out = "";

  @Option(names = "--to", required = true, paramLabel = "jsonl|csv|parquet|arrow|arrow-stream|car")
  private String to = "";

  @Option(
      names = "--schema",
      paramLabel = "FILE",
      description = "The tables' columns as JSON (default: told by the rows).")
  private @Nullable Path schema;

  @Mixin private EngineOptions engine = new EngineOptions();
  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    engine.check();
    TableFormat format = format();
    TableSchema columns = schema == null ? null : schema(schema);
    if (target.isEmpty() || out.isEmpty()) {
      throw new UsageException("Cannot convert: an empty path (TARGET and OUT)");
    }
    if (isInput(target, out)) {
      throw new UsageException("Cannot convert: " + target + " (to another path)");
    }
    StorePolicy policy = home.policy();
    return StopSignal.watch(() -> convert(policy, format, columns));
  }

  private int convert(
      StorePolicy policy, @Nullable TableFormat format, @Nullable TableSchema columns)
      throws IOException {
    ReplacedFile place = out.equals(STORE) ? null : ReplacedFile.of(Path.of(out));
    try (TieredStore store = policy.open()) {
      if (format == null) {
        return car(store, place);
      }
      CarConversion cars = new CarConversion(store);
      String input = cars.unpacked(target);
      ConvertRun.Converted converted;
      try (ProgressLine progress = new ProgressLine(output)) {
        ConvertConfig config =
            new ConvertConfig(input, format, columns, engine.sharing(policy), policy);
        converted =
            new ConvertRun(config, engine.start(progress::note), progress, EmbedRun.newName())
                .run(store);
      }
      String why = "convert /ipfs/" + converted.input() + " to " + format;
      return finish(store, place, converted.root(), why, converted.rows(), converted.bytes());
    }
  }

  private int car(TieredStore store, @Nullable ReplacedFile place) throws IOException {
    CarConversion cars = new CarConversion(store);
    Cid root = cars.stored(target);
    if (place == null) {
      CarConversion.Packed packed = cars.pack(root);
      String why = "convert /ipfs/" + root + " to car";
      return finish(store, null, packed.file(), why, null, packed.bytes());
    }
    long bytes = place.write(file -> cars.pack(root, file));
    output.result(fields(place.toString(), null, bytes), place.toString());
    return ExitCode.DONE;
  }

  private int finish(
      TieredStore store,
      @Nullable ReplacedFile place,
      Cid root,
      String why,
      @Nullable Long rows,
      long bytes)
      throws IOException {
    if (place != null) {
      place.get(store, root);
      output.result(fields(place.toString(), rows, bytes), place.toString());
      return ExitCode.DONE;
    }
    DeliveryLines delivery = new DeliveryLines(store, output);
    store.local().keep(root);
    store.local().pins().add(root, Pin.Kind.PERSISTENT, why);
    delivery.deliver(root, why);
    output.result(fields(root.toString(), rows, bytes), root.toString());
    return delivery.exitCode();
  }

  private static boolean isInput(String target, String out) throws IOException {
    Path place = Path.of(out);
    boolean both = !out.equals(STORE) && Files.exists(place) && Files.exists(Path.of(target));
    return both && Files.isSameFile(place, Path.of(target));
  }

  private static Map<String, Object> fields(String out, @Nullable Long rows, long bytes) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("out", out);
    if (rows != null) {
      fields.put("rows", rows);
    }
    fields.put("bytes", bytes);
    return fields;
  }

  /** The format; null for an archive of blocks, which holds whatever it is given. */
  private @Nullable TableFormat format() {
    String name = to.toLowerCase(Locale.ROOT);
    if (name.equals(CAR)) {
      return null;
    }
    for (TableFormat format : TableFormat.values()) {
      if (format.toString().equals(name)) {
        return format;
      }
    }
    throw new UsageException(
        "Cannot use --to: " + to + " (jsonl, csv, parquet, arrow, arrow-stream or car)");
  }

  private static TableSchema schema(Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) > MAX_SCHEMA_BYTES) {
      throw new UsageException("Cannot use --schema: " + file + " (a file of JSON)");
    }
    try {
      return SchemaJson.read(Files.readString(file));
    } catch (MalformedContentException e) {
      throw new UsageException("Cannot use --schema: " + file + ": " + e.getMessage(), e);
    }
  }
}
