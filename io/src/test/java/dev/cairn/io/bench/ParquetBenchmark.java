package dev.cairn.io.bench;

import dev.cairn.io.format.ParquetTableWriter;
import dev.cairn.io.format.RowGroups;
import dev.cairn.io.table.Cardinality;
import dev.cairn.io.table.ColumnType;
import dev.cairn.io.table.TableSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Rows a second of 384-float vectors with a text and an id, as a chunks table has them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ParquetBenchmark {
  private static final int ROWS = 8192;
  private static final int DIMENSION = 384;
  private static final TableSchema SCHEMA =
      TableSchema.builder()
          .column("id", ColumnType.string(), true, Cardinality.DISTINCT)
          .column("text", ColumnType.string(), true, Cardinality.LARGE)
          .column("embedding", ColumnType.vector(DIMENSION), true)
          .build();

  private final Object[][] rows = new Object[ROWS][];

  /** Makes rows as pyarrow's peer script makes them: random vectors, repeated text. */
  public ParquetBenchmark() {
    Random random = new Random(1);
    for (int i = 0; i < ROWS; i++) {
      float[] vector = new float[DIMENSION];
      for (int k = 0; k < DIMENSION; k++) {
        vector[k] = (float) random.nextGaussian();
      }
      rows[i] = new Object[] {"id-" + i, ("case law text " + i + " ").repeat(40), vector};
    }
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public long write() throws IOException {
    try (ParquetTableWriter table =
        ParquetTableWriter.open(OutputStream.nullOutputStream(), SCHEMA, RowGroups.rows(4096))) {
      for (Object[] row : rows) {
        table.write(row);
      }
      return table.rows();
    }
  }
}
