package dev.cairn.io.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.io.table.Cardinality;
import dev.cairn.io.table.Column;
import dev.cairn.io.table.ColumnType;
import dev.cairn.io.table.TableSchema;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** Any schema, any rows: what was written is read, and written again it is the same bytes. */
class RandomTableTest {
  private static final List<ColumnType> LEAVES =
      List.of(
          ColumnType.string(),
          ColumnType.int32(),
          ColumnType.int64(),
          ColumnType.float32(),
          ColumnType.float64(),
          ColumnType.bool(),
          ColumnType.binary(),
          ColumnType.date(),
          ColumnType.decimal(38, 5),
          ColumnType.decimal(7, 0),
          ColumnType.timestamp(ColumnType.TimeUnit.MICROS, true),
          ColumnType.timestamp(ColumnType.TimeUnit.NANOS, false));

  private static final List<String> TEXTS = List.of("", "a text ", "é𝄞", "\0\n", "\ufeff");

  @Property(tries = 60)
  void comesBackWhateverItsColumns(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 60) int rows,
      @ForAll @IntRange(min = 1, max = 20) int group)
      throws IOException {
    Random random = new Random(seed);
    TableSchema schema = schema(random);
    List<@Nullable Object[]> written = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      written.add(values(random, schema.columns()));
    }
    byte[] bytes = Tables.write(schema, RowGroups.rows(group), written);
    Path folder = Files.createTempDirectory("cairn-table");
    try {
      Path file = Tables.file(folder, bytes);
      List<@Nullable Object[]> read = Tables.read(file, null);
      assertThat(Tables.digests(schema, read))
          .as(schema.toString())
          .isEqualTo(Tables.digests(schema, written));
      assertThat(Tables.write(schema, RowGroups.rows(group), read)).isEqualTo(bytes);
      Files.delete(file);
    } finally {
      Files.delete(folder);
    }
  }

  static TableSchema schema(Random random) {
    List<Column> columns = new ArrayList<>();
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      ColumnType type =
          random.nextInt(5) == 0 ? vector(random) : type(random, 1 + random.nextInt(4));
      Cardinality[] all = Cardinality.values();
      Cardinality cardinality = all[random.nextInt(all.length)];
      columns.add(new Column("column " + i, type, random.nextBoolean(), cardinality));
    }
    return TableSchema.of(columns);
  }

  private static ColumnType vector(Random random) {
    int dimension = 1 + random.nextInt(20);
    return random.nextBoolean() ? ColumnType.vector(dimension) : ColumnType.halfVector(dimension);
  }

  private static ColumnType type(Random random, int depth) {
    int kind = random.nextInt(depth == 0 ? LEAVES.size() : LEAVES.size() * 3 / 2);
    if (kind < LEAVES.size()) {
      return LEAVES.get(kind);
    }
    if (random.nextInt(3) > 0) {
      ColumnType element = type(random, depth - 1);
      return random.nextBoolean() ? ColumnType.list(element) : ColumnType.listOfNullable(element);
    }
    List<Column> fields = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      fields.add(Column.of("field" + i, type(random, depth - 1), random.nextBoolean()));
    }
    return ColumnType.struct(fields);
  }

  static @Nullable Object[] values(Random random, List<Column> columns) {
    @Nullable Object[] values = new @Nullable Object[columns.size()];
    for (int i = 0; i < values.length; i++) {
      Column column = columns.get(i);
      boolean missing = !column.required() && random.nextInt(3) == 0;
      values[i] = missing ? null : value(random, column.type());
    }
    return values;
  }

  /** A number that 16 bits hold: 11 binary digits. */
  private static float exactHalf(Random random) {
    return Math.scalb(random.nextInt(1 << 12) - (1 << 11), random.nextInt(29) - 24);
  }

  private static Object value(Random random, ColumnType type) {
    return switch (type.kind()) {
      case STRING -> TEXTS.get(random.nextInt(TEXTS.size())) + random.nextInt(50);
      case INT32 -> random.nextInt();
      case INT64 -> random.nextLong();
      case FLOAT64 -> Double.longBitsToDouble(random.nextLong());
      case FLOAT32 -> Float.intBitsToFloat(random.nextInt());
      case BOOL -> random.nextBoolean();
      case BINARY -> {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        yield bytes;
      }
      case DATE -> LocalDate.ofEpochDay(random.nextInt(200_000) - 100_000L);
      case DECIMAL -> {
        BigInteger most = BigInteger.TEN.pow(type.precision()).subtract(BigInteger.ONE);
        BigInteger digits = new BigInteger(130, random).mod(most);
        yield new BigDecimal(random.nextBoolean() ? digits : digits.negate(), type.scale());
      }
      case TIMESTAMP -> random.nextLong();
      case STRUCT -> values(random, type.fields());
      case LIST -> {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          boolean missing = type.hasNullableElements() && random.nextInt(3) == 0;
          list.add(missing ? null : value(random, type.element()));
        }
        yield list;
      }
      case VECTOR -> {
        float[] vector = new float[type.dimension()];
        for (int i = 0; i < vector.length; i++) {
          vector[i] = type.isHalf() ? exactHalf(random) : random.nextFloat() - 0.5f;
        }
        yield vector;
      }
    };
  }
}
