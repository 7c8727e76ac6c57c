package dev.cairn.io.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.table.InvalidRowException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DuckDB reads what we write, and writes what we must refuse. */
class DuckDbTest {
  @TempDir Path folder = Path.of(".");

  @Test
  void seesOurTypes() throws IOException, SQLException {
    Path file = written();
    assertThat(query("describe select * from '" + file + "'", 2))
        .containsExactly(
            "id VARCHAR",
            "chunk INTEGER",
            "downloads BIGINT",
            "score DOUBLE",
            "gated BOOLEAN",
            "court VARCHAR",
            "text VARCHAR",
            "citations VARCHAR[]",
            "parts STRUCT(kind VARCHAR, author VARCHAR, char_start INTEGER, char_end INTEGER)[]",
            "volume STRUCT(number INTEGER, pages BIGINT[])",
            "embedding FLOAT[]");
  }

  @Test
  void seesOurValues() throws IOException, SQLException {
    Path file = written();
    List<@Nullable Object[]> rows = Tables.rows(1000);
    long chunks = 0;
    long downloads = 0;
    long text = 0;
    long parts = 0;
    float sum = 0;
    for (@Nullable Object[] row : rows) {
      chunks += row[1] instanceof Integer n ? n : 0;
      downloads += row[2] instanceof Long n ? n : 0;
      text += row[6] instanceof String t ? t.codePointCount(0, t.length()) : 0;
      parts += row[8] instanceof List<?> list ? list.size() : 0;
      sum += row[10] instanceof float[] v ? v[0] * v[383] : 0;
    }
    assertThat(
            query(
                "select sum(chunk), sum(downloads), sum(length(text)), sum(len(parts)),"
                    + " count(volume), count(volume.pages) from '"
                    + file
                    + "'",
                6))
        .containsExactly(
            chunks
                + " "
                + downloads
                + " "
                + text
                + " "
                + parts
                + " "
                + rows.stream().filter(r -> r[9] != null).count()
                + " "
                + rows.stream().filter(r -> r[9] instanceof Object[] v && v[1] != null).count());
    List<String> products =
        query("select sum(embedding[1] * embedding[384]) from '" + file + "'", 1);
    assertThat(Float.parseFloat(products.get(0))).isCloseTo(sum, within(1e-3f));
  }

  private static org.assertj.core.data.Offset<Float> within(float offset) {
    return org.assertj.core.data.Offset.offset(offset);
  }

  @Test
  void castsVectorsToArrays() throws IOException, SQLException {
    Path file = written();
    assertThat(
            query(
                "select distinct typeof(embedding::FLOAT[384]),"
                    + " round(array_cosine_similarity(embedding::FLOAT[384],"
                    + " embedding::FLOAT[384]), 5) from '"
                    + file
                    + "'",
                2))
        .containsExactly("FLOAT[384] 1.0");
  }

  @Test
  void findsRowsByIdThroughThePageIndex() throws IOException, SQLException {
    Path file = written();
    assertThat(query("select chunk from '" + file + "' where id = 'cap:777'", 1))
        .containsExactly("777");
  }

  @Test
  void namesAColumnOfAForeignTypeOrCodec() throws IOException, SQLException {
    refuses("select TIME '10:00:00' as clock", "zstd", "Cannot read column: clock (");
    refuses("select 1::UBIGINT as n", "zstd", "Cannot read column: n (");
    refuses("select MAP {'a': 1} as m", "zstd", "Cannot read column: m (");
    refuses("select 'x' as t", "lz4", "Cannot read table: ");
  }

  @Test
  void readsWhatOthersWrite() throws IOException, SQLException {
    String select =
        "select 12.34::DECIMAL(9, 2) as price, -7::DECIMAL(30, 3) as large,"
            + " DATE '2020-02-29' as day, 4000000000::UINTEGER as n, 200::UTINYINT as small,"
            + " [1.5::FLOAT, NULL] as v, 'x\\xC3\\xA9'::BLOB as raw,"
            + " TIMESTAMP '1969-12-31 23:59:59.5' as clock,"
            + " TIMESTAMPTZ '2020-01-01 00:00:00.000001+00' as instant, NULL::INTEGER as none,"
            + " 'a' as t, 1.5::FLOAT as f";
    for (String codec : List.of("zstd", "snappy", "gzip", "uncompressed")) {
      assertThat(json(select, codec))
          .as(codec)
          .isEqualTo(
              "{'price':12.34,'large':-7.000,'day':'2020-02-29','n':4000000000,'small':200,"
                  + "'v':[1.5,null],'raw':'x\u00e9','clock':'1969-12-31T23:59:59.5',"
                  + "'instant':'2020-01-01T00:00:00.000001Z','t':'a','f':1.5}\n");
    }
  }

  @Test
  void saysWhichValueJsonCannotHold() {
    assertThatExceptionOfType(InvalidRowException.class)
        .isThrownBy(() -> json("select {'x': '\\xFF'::BLOB} as s", "zstd"))
        .withMessageContaining("s.x");
    assertThatExceptionOfType(InvalidRowException.class)
        .isThrownBy(() -> json("select 'NaN'::DOUBLE as d", "zstd"))
        .withMessageContaining("d (NaN");
  }

  private String json(String select, String codec) throws SQLException, IOException {
    Path file = folder.resolve("foreign.parquet");
    run("copy (" + select + ") to '" + file + "' (format parquet, compression " + codec + ")");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ParquetTableReader reader = ParquetTableReader.open(FileChannel.open(file));
        RowJson json = new RowJson(out, reader.schema(), RowJson.Unfit.REFUSED)) {
      for (Object[] row = reader.next(); row != null; row = reader.next()) {
        json.write(row);
      }
    }
    return out.toString(StandardCharsets.UTF_8).replace('"', '\'');
  }

  private void refuses(String select, String codec, String message)
      throws SQLException, IOException {
    Path file = folder.resolve("foreign.parquet");
    run("copy (" + select + ") to '" + file + "' (format parquet, compression " + codec + ")");
    FileChannel channel = FileChannel.open(file);
    assertThatExceptionOfType(MalformedContentException.class)
        .isThrownBy(
            () -> {
              try (ParquetTableReader reader = ParquetTableReader.open(channel)) {
                reader.next();
              }
            })
        .withMessageStartingWith(message);
  }

  @Test
  void readsAForeignTable() throws IOException, SQLException {
    Path file = folder.resolve("foreign.parquet");
    run(
        "copy (select i::INTEGER as n, 't' || i as t, [i, i + 1] as l, {'a': i / 2.0::DOUBLE} as s"
            + " from range(3) r(i)) to '"
            + file
            + "' (format parquet, compression zstd)");
    List<@Nullable Object[]> rows = Tables.read(file, null);
    assertThat(rows).hasSize(3);
    assertThat(rows.get(2)[0]).isEqualTo(2);
    assertThat(rows.get(2)[1]).isEqualTo("t2");
    assertThat(rows.get(2)[2]).isEqualTo(List.of(2L, 3L));
    assertThat(rows.get(2)[3]).isEqualTo(new Object[] {1.0});
  }

  private Path written() throws IOException {
    return Tables.file(folder, Tables.write(Tables.ALL, RowGroups.rows(300), Tables.rows(1000)));
  }

  private static void run(String sql) throws SQLException {
    try (Connection db = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = db.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> query(String sql, int columns) throws SQLException {
    try (Connection db = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = db.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(result.getString(i));
        }
        rows.add(String.join(" ", row));
      }
      return rows;
    }
  }
}
