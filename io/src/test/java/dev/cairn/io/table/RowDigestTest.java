package dev.cairn.io.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowDigestTest {
  private static final TableSchema SCHEMA =
      TableSchema.builder()
          .column("a", ColumnType.string(), true)
          .column("b", ColumnType.string(), false)
          .column("c", ColumnType.list(ColumnType.string()), false)
          .build();

  /** Made by another program (Python's struct and hashlib) from the Javadoc of RowDigest. */
  @Test
  void encodesAsItsJavadocSays() {
    TableSchema schema =
        TableSchema.builder()
            .column("id", ColumnType.string(), true)
            .column("n", ColumnType.int32(), false)
            .column("d", ColumnType.float64(), false)
            .column(
                "parts",
                ColumnType.list(
                    ColumnType.struct(
                        Column.of("kind", ColumnType.string(), true),
                        Column.of("at", ColumnType.int64(), false))),
                true)
            .column("gated", ColumnType.bool(), false)
            .column("v", ColumnType.vector(2), true)
            .build();
    @Nullable Object[] row = {
      "cap:é",
      null,
      0.5,
      List.<@Nullable Object[]>of(new @Nullable Object[] {"majority", null}),
      true,
      new float[] {1, -2}
    };
    assertThat(hex(RowDigest.of(schema, row)))
        .isEqualTo("809f22e11e0beb0da0f70a8fd8cc0c0dbd50343f27ad00ff77ac9989f469f93b");
  }

  @Property(tries = 300)
  void tellsAnyTwoRowsApart(@ForAll List<String> x, @ForAll List<String> y, @ForAll boolean same) {
    @Nullable Object[] one = row(x);
    @Nullable Object[] two = same ? row(x) : row(y);
    boolean equal = Arrays.deepEquals(one, two);
    assertThat(Arrays.equals(RowDigest.of(SCHEMA, one), RowDigest.of(SCHEMA, two)))
        .isEqualTo(equal);
  }

  /** Spreads texts over the three columns so that their borders move. */
  private static @Nullable Object[] row(List<String> texts) {
    List<String> clean = texts.stream().map(t -> t.replaceAll("\\p{Cs}", "")).toList();
    String first = clean.isEmpty() ? "" : clean.get(0);
    String second = clean.size() < 2 ? null : clean.get(1);
    return new @Nullable Object[] {
      first, second, clean.size() < 3 ? null : clean.subList(2, clean.size())
    };
  }

  @Test
  void keepsBordersBetweenValues() {
    String split = hex(RowDigest.of(SCHEMA, new @Nullable Object[] {"ab", "c", null}));
    String moved = hex(RowDigest.of(SCHEMA, new @Nullable Object[] {"a", "bc", null}));
    String missing = hex(RowDigest.of(SCHEMA, new @Nullable Object[] {"ab", null, List.of("c")}));
    String empty = hex(RowDigest.of(SCHEMA, new @Nullable Object[] {"ab", "", List.of("c")}));
    assertThat(Set.of(split, moved, missing, empty)).hasSize(4);
  }

  @Test
  void leavesNamedColumnsOut() {
    RowDigest some = RowDigest.without(SCHEMA, Set.of("b"));
    byte[] one = some.digest(new @Nullable Object[] {"x", "here", null});
    assertThat(some.digest(new @Nullable Object[] {"x", "there", null})).isEqualTo(one);
    assertThat(RowDigest.of(SCHEMA.project(List.of("a", "c")), new @Nullable Object[] {"x", null}))
        .isEqualTo(one);
    assertThat(some.digest(new @Nullable Object[] {"y", "here", null})).isNotEqualTo(one);
    assertThatIllegalArgumentException().isThrownBy(() -> RowDigest.without(SCHEMA, Set.of("z")));
  }

  @Test
  void ignoresHowAFileKeepsAColumn() {
    TableSchema large =
        TableSchema.builder().column("a", ColumnType.string(), true, Cardinality.LARGE).build();
    TableSchema repeated = TableSchema.builder().column("a", ColumnType.string(), true).build();
    Object[] row = {"x"};
    assertThat(RowDigest.of(large, row)).isEqualTo(RowDigest.of(repeated, row));
  }

  @Test
  void encodesALargeTextInPieces() throws IOException, NoSuchAlgorithmException {
    // Two chars a code point, one char before: a pair lies across the border of pieces.
    String text = "x" + "𝄞".repeat(DigestSink.PIECE_CHARS);
    TableSchema schema = TableSchema.builder().column("t", ColumnType.string(), true).build();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    write(out, "cairn-row 1");
    out.writeInt(1);
    write(out, "t");
    out.write(new byte[] {1, 0, 1});
    write(out, text);
    byte[] expected = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
    assertThat(RowDigest.of(schema, new Object[] {text})).isEqualTo(expected);
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeLong(utf8.length);
    out.write(utf8);
  }

  @Test
  void refusesALoneSurrogate() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RowDigest.of(SCHEMA, new @Nullable Object[] {"\ud800", null, null}))
        .isInstanceOf(InvalidRowException.class);
  }

  private static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }
}
