package dev.cairn.io.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TableSchemaTest {
  private static final TableSchema SCHEMA =
      TableSchema.builder()
          .column("id", ColumnType.string(), true)
          .column("chunk", ColumnType.int32(), false)
          .column(
              "parts",
              ColumnType.list(
                  ColumnType.struct(
                      Column.of("kind", ColumnType.string(), true),
                      Column.of("start", ColumnType.int64(), false))),
              false)
          .column("embedding", ColumnType.vector(2), false)
          .build();

  @Test
  void countsTheBytesOfAGoodRow() {
    Object[] row = {
      "é𝄞", 1, List.<Object[]>of(new Object[] {"ab", 5L}), new float[] {1, 2},
    };
    assertThat(SCHEMA.check(row)).isEqualTo(6 + 4 + 2 + 8 + 8);
    assertThat(SCHEMA.check(new @Nullable Object[] {"", null, null, null})).isZero();
  }

  @Test
  void namesTheColumnThatIsWrong() {
    refuses("id", new @Nullable Object[] {null, null, null, null});
    refuses("id", new @Nullable Object[] {1, null, null, null});
    refuses("id", new @Nullable Object[] {"a\ud800", null, null, null});
    refuses("id", new @Nullable Object[] {"\udc00\ud800", null, null, null});
    refuses("chunk", new @Nullable Object[] {"a", 1L, null, null});
    refuses("parts", new @Nullable Object[] {"a", 1, "no list", null});
    refuses("parts.element", new @Nullable Object[] {"a", 1, List.of("no struct"), null});
    refuses(
        "parts.element.start",
        new @Nullable Object[] {"a", 1, List.<Object[]>of(new Object[] {"k", 1}), null});
    refuses(
        "parts.element.kind",
        new @Nullable Object[] {
          "a", 1, List.<@Nullable Object[]>of(new @Nullable Object[] {null, 1L}), null
        });
    refuses("embedding", new @Nullable Object[] {"a", 1, null, new float[3]});
    refuses("embedding", new @Nullable Object[] {"a", 1, null, new float[] {1, Float.NaN}});
    refuses("of the row", new @Nullable Object[] {"a", 1, null});
  }

  private static void refuses(String column, @Nullable Object[] row) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SCHEMA.check(row))
        .isInstanceOfSatisfying(
            InvalidRowException.class, e -> assertThat(e.column()).isEqualTo(column))
        .withMessageStartingWith("Cannot use column: " + column + " (");
  }

  @Test
  void picksColumnsInTheOrderAsked() {
    TableSchema some = SCHEMA.project(List.of("embedding", "id"));
    assertThat(some.columns()).extracting(Column::name).containsExactly("embedding", "id");
    assertThat(some.indexOf("id")).isEqualTo(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> some.indexOf("text"))
        .withMessage("Cannot find column: text (embedding, id)");
  }

  @Test
  void givesVectorsNoDictionary() {
    assertThat(SCHEMA.columns())
        .extracting(Column::cardinality)
        .containsExactly(
            Cardinality.REPEATED, Cardinality.REPEATED, Cardinality.REPEATED, Cardinality.LARGE);
  }

  @Test
  void saysItsColumns() {
    assertThat(SCHEMA)
        .hasToString(
            "(id string not null, chunk int32, parts list<struct<kind string not null, start"
                + " int64>>, embedding vector(2))");
  }

  @Test
  void refusesWhatNoFileCanName() {
    for (String name : List.of("", "a.b", "a\nb", "x".repeat(129), "\ud800")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Column.of(name, ColumnType.string(), true))
          .withMessageStartingWith("Cannot name column: ");
    }
    Column twice = Column.of("a", ColumnType.bool(), true);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TableSchema.of(List.of(twice, twice)))
        .withMessage("Cannot make columns: a (a name once)");
    assertThatIllegalArgumentException().isThrownBy(() -> TableSchema.of(List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> ColumnType.struct());
  }

  @Test
  void refusesTypesThatNestTooDeep() {
    ColumnType type = ColumnType.float64();
    for (int i = 0; i < ColumnType.MAX_DEPTH; i++) {
      type = ColumnType.list(type);
    }
    ColumnType deepest = type;
    assertThatIllegalArgumentException().isThrownBy(() -> ColumnType.list(deepest));
    ColumnType vector = ColumnType.vector(3);
    assertThatIllegalArgumentException().isThrownBy(() -> ColumnType.list(vector));
    assertThatIllegalArgumentException().isThrownBy(() -> ColumnType.vector(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ColumnType.vector(ColumnType.MAX_DIMENSION + 1));
  }
}
