package dev.cairn.runners.cli;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Manifest;
import dev.cairn.io.dataset.Target;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.pipelines.DatasetTables;
import dev.cairn.pipelines.Manifests;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cairn show}: what a dataset holds. */
@Command(
    name = "show",
    description = "Tells what a dataset holds: figures, schema, first rows.",
    mixinStandardHelpOptions = true)
final class ShowCommand implements Callable<Integer> {
  private static final int ROWS = 3;

  @Parameters(paramLabel = "TARGET")
  private String target = "";

  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    try (TieredStore store = home.open()) {
      Cid dataset = Target.parse(target).resolve(store.local().refs(), store);
      Manifest manifest = Manifests.read(store, dataset);
      List<DatasetTables.Table> tables = new DatasetTables(store, manifest).read(ROWS);
      output.result(fields(dataset, manifest, tables), text(dataset, manifest, tables));
    }
    return ExitCode.DONE;
  }

  private static Map<String, Object> fields(
      Cid dataset, Manifest manifest, List<DatasetTables.Table> tables) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("dataset", dataset.toString());
    fields.put("documents", manifest.total("documents"));
    fields.put("chunks", manifest.total("chunks"));
    fields.put("dead_letters", manifest.deadLetters());
    fields.put("model", manifest.model());
    fields.put("settings", manifest.settings());
    Map<String, Object> schemas = new LinkedHashMap<>();
    for (DatasetTables.Table table : tables) {
      schemas.put(
          table.name(),
          Map.of("rows", table.rows(), "columns", table.columns(), "first", table.first()));
    }
    fields.put("tables", schemas);
    return fields;
  }

  private static String text(Cid dataset, Manifest manifest, List<DatasetTables.Table> tables) {
    StringBuilder text = new StringBuilder("dataset " + dataset + "\n");
    text.append("totals ").append(manifest.totals()).append('\n');
    text.append("dead letters ").append(manifest.deadLetters()).append('\n');
    text.append("settings ").append(manifest.settings()).append('\n');
    text.append("model ").append(manifest.model()).append('\n');
    for (DatasetTables.Table table : tables) {
      text.append('\n').append(table.name()).append(": ").append(table.rows()).append(" rows\n");
      table.columns().forEach(column -> text.append("  ").append(column).append('\n'));
      table.first().forEach(row -> text.append("  > ").append(row).append('\n'));
    }
    return text.toString().stripTrailing();
  }
}
