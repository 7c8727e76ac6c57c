package dev.cairn.io.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.table.ColumnType;
import dev.cairn.io.table.InvalidRowException;
import dev.cairn.io.table.TableSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vectors that a file has in 16-bit floats, with DuckDB as the other reader. */
class HalfVectorTest {
  private static final int DIMENSION = 512;

  @TempDir private Path temp;

  private static TableSchema schema(ColumnType type) {
    return TableSchema.builder().column("v", type, true).build();
  }

  private Path write(float[] vector) throws IOException {
    Path file = temp.resolve("halves.parquet");
    TableSchema schema = schema(ColumnType.halfVector(vector.length));
    List<@Nullable Object[]> rows = List.<@Nullable Object[]>of(new Object[] {vector});
    return Files.write(file, Tables.write(schema, RowGroups.rows(10), rows));
  }

  private static float[] read(Path file, TableSchema wanted) throws IOException {
    try (var channel = Files.newByteChannel(file);
        ParquetTableReader rows = ParquetTableReader.open(channel, wanted)) {
      return (float[]) Objects.requireNonNull(Objects.requireNonNull(rows.next())[0]);
    }
  }

  @Test
  void areTheNearestOnesEvenOnesBetweenTwo() throws IOException {
    Random random = new Random(7);
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = (random.nextFloat() - 0.5f) * Math.scalb(1f, random.nextInt(24) - 20);
    }
    vector[0] = 1 + Math.scalb(1f, -11); // half-way between 1 and the next: to the even one
    vector[1] = 1 + 3 * Math.scalb(1f, -11);
    vector[2] = 65_504;
    float[] read = read(write(vector), schema(ColumnType.vector(DIMENSION)));
    TreeMap<Float, Integer> halves = new TreeMap<>();
    IntStream.range(0, 0x7c00).forEach(bits -> halves.put(value(bits), bits));
    for (int i = 0; i < DIMENSION; i++) {
      assertThat(Math.abs(read[i])).as("%s", vector[i]).isEqualTo(nearest(halves, vector[i]));
      assertThat(Math.signum(read[i])).isIn(Math.signum(vector[i]), 0f);
    }
    assertThat(read[0]).isEqualTo(1);
    assertThat(read[1]).isEqualTo(1 + Math.scalb(1f, -9));
  }

  /** By the definition: sign, five bits of exponent, ten of fraction. */
  private static float value(int bits) {
    int exponent = bits >> 10;
    int fraction = bits & 0x3ff;
    return exponent == 0
        ? Math.scalb((float) fraction, -24)
        : Math.scalb((float) (fraction + 0x400), exponent - 25);
  }

  private static float nearest(NavigableMap<Float, Integer> halves, float value) {
    float wanted = Math.abs(value);
    var below = Objects.requireNonNull(halves.floorEntry(wanted));
    var above = halves.ceilingEntry(wanted);
    if (above == null) {
      return below.getKey();
    }
    int order = distance(wanted, below.getKey()).compareTo(distance(above.getKey(), wanted));
    boolean low = order < 0 || (order == 0 && below.getValue() % 2 == 0);
    return low ? below.getKey() : above.getKey();
  }

  private static BigDecimal distance(float one, float other) {
    return new BigDecimal(one).subtract(new BigDecimal(other));
  }

  @Test
  void areFloatsToDuckDbAndTakeHalfTheRoom() throws IOException, SQLException {
    Random random = new Random(11);
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = random.nextFloat() - 0.5f;
    }
    Path file = write(vector);
    float[] read = read(file, schema(ColumnType.halfVector(DIMENSION)));
    try (var database = DriverManager.getConnection("jdbc:duckdb:");
        var statement = database.createStatement();
        var rows = statement.executeQuery("select typeof(v), v from '" + file + "'")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("FLOAT[]");
      Object[] values = (Object[]) rows.getArray(2).getArray();
      assertThat(values).isEqualTo(IntStream.range(0, DIMENSION).mapToObj(i -> read[i]).toArray());
    }
    TableSchema full = schema(ColumnType.vector(DIMENSION));
    List<@Nullable Object[]> rows = List.<@Nullable Object[]>of(new Object[] {vector});
    long fullBytes = Tables.write(full, RowGroups.rows(10), rows).length;
    assertThat(Files.size(file)).isLessThan(fullBytes - DIMENSION);
  }

  @Test
  void areNotReadFromLessAndRefuseWhatTheyCannotHold() throws IOException {
    Path file = temp.resolve("full.parquet");
    List<@Nullable Object[]> rows = List.<@Nullable Object[]>of(new Object[] {new float[] {0.1f}});
    Files.write(file, Tables.write(schema(ColumnType.vector(1)), RowGroups.rows(10), rows));
    assertThatExceptionOfType(MalformedContentException.class)
        .isThrownBy(() -> read(file, schema(ColumnType.halfVector(1))))
        .withMessageContaining("vector(1, f16)");
    assertThatExceptionOfType(InvalidRowException.class)
        .isThrownBy(() -> write(new float[] {70_000}))
        .withMessageContaining("16-bit");
  }

  @Test
  void areRowsOfArrowTooAsTheyAre() throws IOException {
    float[] vector = {0.5f, -2, 0.099975586f};
    TableSchema schema = schema(ColumnType.halfVector(3));
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (ArrowTableWriter out = ArrowTableWriter.file(file, schema)) {
      out.write(new Object[] {vector});
    }
    Path path = Files.write(temp.resolve("halves.arrow"), file.toByteArray());
    try (var channel = Files.newByteChannel(path);
        ArrowTableReader rows = ArrowTableReader.open(channel)) {
      assertThat(rows.schema()).isEqualTo(schema);
      assertThat(Objects.requireNonNull(rows.next())[0]).isEqualTo(vector);
    }
  }
}
