package dev.cairn.pipelines;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.ActionKey;
import dev.cairn.io.dataset.DatasetCard;
import dev.cairn.io.dataset.Manifest;
import dev.cairn.io.format.SchemaJson;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.LocalWriter;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.io.table.TableSchema;
import dev.cairn.io.unixfs.StoredSize;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.io.unixfs.UnixFsWriter;
import dev.cairn.transforms.convert.ConvertTables;
import dev.cairn.transforms.convert.ConvertedFile;
import dev.cairn.transforms.convert.TableShape;
import dev.cairn.transforms.convert.TableTask;
import dev.cairn.transforms.convert.UnconvertibleException;
import dev.cairn.transforms.record.InputFile;
import dev.cairn.transforms.record.SystemTemp;
import dev.cairn.transforms.record.TableFiles;
import dev.cairn.transforms.record.WorkerStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Converts tables: looks at all files, decides on a schema for each table, writes every file anew.
 * A folder is a table: its files get one schema. What was looked at or written before is not again.
 * All or nothing: a file that cannot be converted without loss ends the run. For one thread; use it
 * once.
 */
public final class ConvertRun {
  private final ConvertConfig config;
  private final Engine engine;
  private final RunListener listener;
  private final String run;

  /**
   * What was converted.
   *
   * @param root the CID of the new file or folder, which is in the store as cache
   * @param input the CID of what was converted
   */
  public record Converted(Cid root, Cid input, long rows, long bytes) {}

  /**
   * A run.
   *
   * @param run a name that no other run has
   */
  public ConvertRun(ConvertConfig config, Engine engine, RunListener listener, String run) {
    this.config = config;
    this.engine = engine;
    this.listener = listener;
    this.run = run;
  }

  /**
   * Converts, into the store.
   *
   * @throws InputFailedException naming the file, and the column where it is one, that cannot be
   *     converted without loss
   * @throws IOException if storage cannot be read or written
   */
  public Converted run(TieredStore tiers) throws IOException {
    LocalStore store = tiers.local();
    InputLister.Found input =
        new InputLister(tiers, ConvertRun::isNoTable, config.sharing() != Sharing.FILES)
            .find(List.of(config.input()));
    List<InputFile> files = new ArrayList<>();
    for (InputFile file : input.files()) {
      files.add(input.isOneFile() ? named(tiers, file) : file);
    }
    files.sort(Comparator.comparing(InputFile::path));
    checkKinds(files);
    String digest =
        ActionKey.of("convert")
            .part(input.root().toString())
            .part(config.format().toString())
            .hex();
    try (RunFolder folder = RunFolder.make(config.policy().home(), run, "convert-" + digest)) {
      Workplace workplace = Workplace.of(config.policy(), config.sharing(), tiers, folder);
      Map<String, TableSchema> schemas = schemas(store, workplace, input, files);
      Map<String, String> settings = new TreeMap<>();
      schemas.forEach(
          (table, schema) -> settings.put(table, config.format() + " " + SchemaJson.write(schema)));
      Map<InputFile, ConvertedFile> converted =
          act(
              store,
              workplace,
              input,
              files,
              "convert",
              file -> Objects.requireNonNull(settings.get(tableOf(file))),
              workers -> ConvertTables.to(workers, input.place(), config.format(), schemas));
      return assemble(store, input, converted);
    }
  }

  /** A file of the store that has no name but its CID gets one by its first bytes. */
  private static InputFile named(TieredStore tiers, InputFile file) throws IOException {
    if (TableFiles.kindOf(file.path()).isPresent() || !file.path().equals(file.cid().toString())) {
      return file;
    }
    byte[] start;
    try (InputStream bytes = new UnixFs(tiers).openStream(file.cid())) {
      start = bytes.readNBytes(TableFiles.SIGN_BYTES);
    }
    return new InputFile(file.path() + TableFiles.endingOf(start), file.cid(), file.size());
  }

  /** What lies beside the tables of a dataset of ours, and what Spark leaves beside its files. */
  private static boolean isNoTable(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.equals(Manifest.FILE) || name.equals(DatasetCard.FILE) || name.startsWith("_");
  }

  private void checkKinds(List<InputFile> files) throws InputFailedException {
    if (files.isEmpty()) {
      throw new InputFailedException(
          "Cannot convert: " + config.input() + ": no file (at least one table)");
    }
    for (InputFile file : files) {
      if (TableFiles.kindOf(file.path()).isEmpty()) {
        throw new InputFailedException(
            "Cannot convert: " + file.path() + " (" + TableFiles.READ + ")");
      }
    }
  }

  private static String tableOf(InputFile file) {
    int slash = file.path().lastIndexOf('/');
    return slash < 0 ? "" : file.path().substring(0, slash);
  }

  private Map<String, TableSchema> schemas(
      LocalStore store, Workplace workplace, InputLister.Found input, List<InputFile> files)
      throws IOException {
    Map<String, TableSchema> schemas = new TreeMap<>();
    TableSchema given = config.schema();
    if (given != null) {
      files.forEach(file -> schemas.put(tableOf(file), given));
      return schemas;
    }
    Map<InputFile, ConvertedFile> looked =
        act(
            store,
            workplace,
            input,
            files,
            "shape",
            file -> "",
            workers -> ConvertTables.look(workers, input.place()));
    Map<String, TableShape> shapes = new TreeMap<>();
    for (Map.Entry<InputFile, ConvertedFile> one : looked.entrySet()) {
      InputFile file = one.getKey();
      Cid object = Cid.parse(one.getValue().getCid());
      byte[] json = new UnixFs(store).openStream(object).readAllBytes();
      TableShape shape = TableShape.fromJson(new String(json, StandardCharsets.UTF_8));
      try {
        shapes.merge(tableOf(file), shape, TableShape::merge);
        schemas.put(tableOf(file), Objects.requireNonNull(shapes.get(tableOf(file))).schema());
      } catch (UnconvertibleException e) {
        String others = looked.size() > 1 ? "; all files of a folder are one table" : "";
        throw new InputFailedException(file.path() + ": " + e.getMessage() + others);
      }
    }
    return schemas;
  }

  /** Does one job over all files; what was done before is found again. */
  private Map<InputFile, ConvertedFile> act(
      LocalStore store,
      Workplace workplace,
      InputLister.Found input,
      List<InputFile> files,
      String verb,
      Function<InputFile, String> settings,
      Function<WorkerStore, ConvertTables> transform)
      throws IOException {
    List<TableTask> tasks = new ArrayList<>();
    for (InputFile file : files) {
      String key =
          ActionKey.of(verb)
              .part(String.valueOf(ConvertConfig.FORMAT))
              .part(file.cid().toString())
              .part(String.valueOf(TableFiles.kindOf(file.path())))
              .part(settings.apply(file))
              .hex();
      tasks.add(
          TableTask.of(
              verb + "-" + key, file.path(), file.cid().toString(), file.size(), tableOf(file)));
    }
    KeyedJob<TableTask> job = new KeyedJob<>(engine, listener, store, workplace, TableTask::getKey);
    List<TableTask> unknown = job.unknown(tasks);
    if (!unknown.isEmpty()) {
      listener.note(verb + ": " + unknown.size() + " of " + files.size() + " files");
      WorkerStore workers = workplace.open(Map.of("input", input.root()));
      job.run(
          verb + "-" + input.root(),
          unknown,
          left -> ConvertPipeline.of(transform.apply(workers), left));
      workplace.done();
    }
    Map<InputFile, ConvertedFile> done = new TreeMap<>(Comparator.comparing(InputFile::path));
    for (int i = 0; i < files.size(); i++) {
      Optional<String> action = store.wholeAction(tasks.get(i).getKey());
      ConvertedFile result =
          ConvertedFile.fromJson(
              action.orElseThrow(() -> new IOException("Cannot find result of " + verb)));
      if (!result.getProblem().isEmpty()) {
        throw new InputFailedException(files.get(i).path() + ": " + result.getProblem());
      }
      done.put(files.get(i), result);
    }
    return done;
  }

  private Converted assemble(
      LocalStore store, InputLister.Found input, Map<InputFile, ConvertedFile> converted)
      throws IOException {
    long rows = 0;
    long bytes = 0;
    Map<String, String> names = new TreeMap<>();
    try (LocalWriter writer = store.newWriter()) {
      DatasetTree tree = new DatasetTree(new UnixFsWriter(writer, SystemTemp.FOLDER));
      for (Map.Entry<InputFile, ConvertedFile> one : converted.entrySet()) {
        Cid file = Cid.parse(one.getValue().getCid());
        String path = one.getKey().path();
        String name = renamed(path);
        String other = names.put(name, path);
        if (other != null) {
          throw new InputFailedException(
              "Cannot convert: " + path + " and " + other + " would both be " + name);
        }
        tree.add(name, file, StoredSize.of(store, file));
        rows += one.getValue().getRows();
        bytes += one.getValue().getBytes();
      }
      Cid folder = tree.finish();
      writer.seal();
      Cid root = input.isOneFile() ? only(converted) : folder;
      store.keep(root);
      return new Converted(root, input.root(), rows, bytes);
    }
  }

  private static Cid only(Map<InputFile, ConvertedFile> converted) throws IOException {
    return Cid.parse(converted.values().iterator().next().getCid());
  }

  /** A file's path with the ending of its new format in place of its own. */
  private String renamed(String path) {
    int slash = path.lastIndexOf('/');
    String name = path.substring(slash + 1);
    String plain = name.replaceFirst("(?i)\\.[a-z]+(\\.(gz|bz2))?$", "");
    return path.substring(0, slash + 1) + plain + "." + config.format().extension();
  }
}
