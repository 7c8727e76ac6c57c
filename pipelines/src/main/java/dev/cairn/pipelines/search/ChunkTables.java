package dev.cairn.pipelines.search;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * DuckDB over the chunks' files: exact nearness to vectors, conditions, rows. It reads these files
 * and nothing else, whatever a condition says. For one thread.
 */
final class ChunkTables implements Closeable {
  private static final String CONDITION = "Cannot use --where: ";

  private final Connection database;
  private final List<Path> files;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final boolean titled;

  private ChunkTables(Connection database, List<Path> files, boolean titled) {
    this.database = database;
    this.files = files;
    this.titled = titled;
    for (int i = 0; i < files.size(); i++) {
      numbers.put(files.get(i).toString(), i);
    }
  }

  /**
   * Opens files.
   *
   * @param titled true if they have a column of titles
   */
  static ChunkTables open(List<Path> files, boolean titled) throws IOException {
    try {
      Connection database = DriverManager.getConnection("jdbc:duckdb:");
      try (Statement statement = database.createStatement()) {
        statement.execute("SET temp_directory = ''");
        statement.execute("SET allowed_paths = " + list(files));
        statement.execute("SET enable_external_access = false");
        statement.execute("SET lock_configuration = true");
      } catch (SQLException e) {
        database.close();
        throw e;
      }
      return new ChunkTables(database, files, titled);
    } catch (SQLException e) {
      throw new IOException("Cannot start DuckDB: " + e.getMessage(), e);
    }
  }

  /**
   * The nearest chunks or documents, by the mean over the query's vectors of the nearness to each:
   * for a document, that of its nearest chunk.
   *
   * @param cosine false where all vectors have norm 1
   */
  List<Found> nearest(
      List<float[]> query, boolean cosine, @Nullable String where, boolean perDocument, int depth)
      throws IOException {
    String function = cosine ? "list_cosine_similarity" : "list_dot_product";
    List<String> each = new ArrayList<>();
    List<String> best = new ArrayList<>();
    for (int i = 0; i < query.size(); i++) {
      each.add(function + "(embedding, " + literal(query.get(i)) + ") AS s" + i);
      best.add((perDocument ? "max(s" + i + ")" : "s" + i) + "::DOUBLE");
    }
    String sum = String.join(" + ", best);
    String scored =
        "SELECT id, filename, file_row_number, "
            + String.join(", ", each)
            + " FROM "
            + source(files)
            + condition(where);
    String all =
        sumOf(query.size()); // by which a document's chunk is chosen: nearest to all of the query
    String sql =
        perDocument
            ? "SELECT id, arg_max(filename, " + all + "), arg_max(file_row_number, " + all + "), "
            : "SELECT NULL, filename, file_row_number, ";
    sql += "(" + sum + ") / " + query.size() + " AS score FROM (" + scored + ")";
    sql += perDocument ? " GROUP BY id ORDER BY score DESC, id" : " ORDER BY score DESC, 2, 3";
    return found(sql + " LIMIT " + depth, where);
  }

  private static String sumOf(int count) {
    StringBuilder sum = new StringBuilder("s0");
    for (int i = 1; i < count; i++) {
      sum.append(" + s").append(i);
    }
    return sum.toString();
  }

  private List<Found> found(String sql, @Nullable String where) throws IOException {
    List<Found> found = new ArrayList<>();
    try (Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        Place place =
            new Place(Objects.requireNonNull(numbers.get(rows.getString(2))), rows.getLong(3));
        String id = rows.getString(1);
        found.add(new Found(id == null ? place : id, place, rows.getDouble(4)));
      }
    } catch (SQLException e) {
      throw failed(e, where);
    }
    return found;
  }

  /** The rows of each file for which a condition holds. */
  List<BitSet> matching(String where) throws IOException {
    List<BitSet> matching = new ArrayList<>();
    files.forEach(file -> matching.add(new BitSet()));
    String sql = "SELECT filename, file_row_number FROM " + source(files) + condition(where);
    try (Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        int file = Objects.requireNonNull(numbers.get(rows.getString(1)));
        matching.get(file).set(Math.toIntExact(rows.getLong(2)));
      }
    } catch (SQLException e) {
      throw failed(e, where);
    }
    return matching;
  }

  /** The chunks of a ranking. */
  List<Hit> read(List<Found> ranking) throws IOException {
    if (ranking.isEmpty()) {
      return List.of();
    }
    List<Path> needed =
        ranking.stream().map(found -> files.get(found.place().file())).distinct().toList();
    String places =
        ranking.stream()
            .map(f -> "(" + quoted(files.get(f.place().file())) + ", " + f.place().row() + ")")
            .collect(Collectors.joining(", "));
    String sql =
        "SELECT filename, file_row_number, id, part, chunk, char_start, text, "
            + (titled ? "title" : "NULL")
            + " FROM "
            + source(needed)
            + " WHERE (filename, file_row_number) IN ("
            + places
            + ")";
    Map<Place, Integer> ranks = new HashMap<>();
    ranking.forEach(found -> ranks.put(found.place(), ranks.size()));
    Hit[] hits = new Hit[ranking.size()];
    try (Statement statement = database.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        int file = Objects.requireNonNull(numbers.get(result.getString(1)));
        int rank = Objects.requireNonNull(ranks.get(new Place(file, result.getLong(2))));
        hits[rank] = hit(result, rank + 1, ranking.get(rank).score());
      }
    } catch (SQLException e) {
      throw failed(e, null);
    }
    return List.of(hits); // refuses a row that was ranked and not read
  }

  private static Hit hit(ResultSet row, int rank, double score) throws SQLException {
    String title = row.getString(8);
    return new Hit(
        rank,
        row.getString(3),
        row.getInt(4),
        row.getInt(5),
        score,
        title == null ? "" : title,
        row.getInt(6),
        row.getString(7));
  }

  private static IOException failed(SQLException e, @Nullable String where) {
    if (where != null) {
      throw new SearchException(CONDITION + where + " (" + e.getMessage() + ")", e);
    }
    return new IOException("Cannot search chunks: " + e.getMessage(), e);
  }

  private static String source(List<Path> files) {
    return "read_parquet(" + list(files) + ", filename = true, file_row_number = true)";
  }

  /** A comment in it ends with the line. */
  private static String condition(@Nullable String where) {
    return where == null ? "" : " WHERE (" + where + "\n)";
  }

  private static String list(List<Path> files) {
    return files.stream().map(ChunkTables::quoted).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String quoted(Path file) {
    return "'" + file.toString().replace("'", "''") + "'";
  }

  private static String literal(float[] vector) {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < vector.length; i++) {
      text.append(i == 0 ? "" : ",").append(vector[i]);
    }
    return text.append("]::FLOAT[]").toString();
  }

  @Override
  public void close() throws IOException {
    try {
      database.close();
    } catch (SQLException e) {
      throw new IOException("Cannot close DuckDB: " + e.getMessage(), e);
    }
  }
}
