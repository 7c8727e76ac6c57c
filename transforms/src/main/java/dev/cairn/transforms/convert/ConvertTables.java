package dev.cairn.transforms.convert;

import dev.cairn.io.table.TableSchema;
import dev.cairn.transforms.record.InputRoot;
import dev.cairn.transforms.record.StoreFn;
import dev.cairn.transforms.record.WorkerStore;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

/**
 * Looks at files of tables ({@link #look}) or writes them in another format ({@link #to}), a file a
 * task, row by row. Output: what became of each, which is also kept as an action.
 */
public final class ConvertTables
    extends PTransform<PCollection<TableTask>, PCollection<ConvertedFile>> {
  private static final long serialVersionUID = 1L;

  /** What is done with each file. */
  private interface Act extends Serializable {
    ConvertedFile on(TableTask task, TableWorker worker) throws IOException;
  }

  private final WorkerStore stores;
  private final InputRoot root;
  private final Act act;

  private ConvertTables(WorkerStore stores, InputRoot root, Act act) {
    this.stores = stores;
    this.root = root;
    this.act = act;
  }

  /** Tells the columns of each file: a {@link TableShape} in the store. */
  public static ConvertTables look(WorkerStore stores, InputRoot root) {
    return new ConvertTables(stores, root, (task, worker) -> worker.look(task));
  }

  /**
   * Writes each file in another format.
   *
   * @param schemas of the tables that the files are parts of
   */
  public static ConvertTables to(
      WorkerStore stores, InputRoot root, TableFormat format, Map<String, TableSchema> schemas) {
    TreeMap<String, TableSchema> known = new TreeMap<>(schemas);
    return new ConvertTables(
        stores,
        root,
        (task, worker) ->
            worker.convert(task, Objects.requireNonNull(known.get(task.getTable())), format));
  }

  @Override
  public PCollection<ConvertedFile> expand(PCollection<TableTask> tasks) {
    return tasks.apply("ConvertFiles", ParDo.of(new ConvertFilesFn(this)));
  }

  static final class ConvertFilesFn extends StoreFn<TableTask, ConvertedFile> {
    private static final long serialVersionUID = 1L;

    private final InputRoot root;
    private final Act act;

    ConvertFilesFn(ConvertTables spec) {
      super(spec.stores);
      this.root = spec.root;
      this.act = spec.act;
    }

    @ProcessElement
    public void convert(@Element TableTask task, OutputReceiver<ConvertedFile> out)
        throws IOException {
      out.output(act.on(task, new TableWorker(store(), root)));
    }
  }
}
