package dev.cairn.pipelines.search;

import com.sun.management.OperatingSystemMXBean;
import java.io.Closeable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
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

  /** The table of vectors in memory: reading them from Parquet takes several times as long. */
  private static final String REMEMBERED = "remembered";

  /** Bytes of a row of that table beside its vector, about. */
  private static final int ROW_BYTES = 64;

  private final Connection database;
  private final ChunkFiles copies;
  private final List<Path> files;
  private final boolean titled;
  private final int dimension;
  private int searches;

  private ChunkTables(Connection database, ChunkFiles copies, boolean titled, int dimension) {
    this.database = database;
    this.copies = copies;
    this.files = copies.paths();
    this.titled = titled;
    this.dimension = dimension;
  }

  /**
   * Opens files.
   *
   * @param titled true if they have a column of titles
   * @param dimension of their vectors
   */
  static ChunkTables open(ChunkFiles files, boolean titled, int dimension) throws IOException {
    try {
      Connection database = DriverManager.getConnection("jdbc:duckdb:");
      try (Statement statement = database.createStatement()) {
        statement.execute("SET temp_directory = ''");
        statement.execute("SET allowed_paths = " + list(files.paths()));
        statement.execute("SET enable_external_access = false");
        statement.execute("SET lock_configuration = true");
      } catch (SQLException e) {
        database.close();
        throw e;
      }
      return new ChunkTables(database, files, titled, dimension);
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
    boolean remembered = where == null && isRemembered();
    String function =
        remembered
            ? cosine ? "array_cosine_similarity" : "array_inner_product"
            : cosine ? "list_cosine_similarity" : "list_dot_product";
    String type = remembered ? "FLOAT[" + dimension + "]" : "FLOAT[]";
    List<String> each = new ArrayList<>();
    List<String> best = new ArrayList<>();
    for (int i = 0; i < query.size(); i++) {
      each.add(function + "(embedding, " + literal(query.get(i), type) + ") AS s" + i);
      best.add((perDocument ? "max(s" + i + ")" : "s" + i) + "::DOUBLE");
    }
    String sum = String.join(" + ", best);
    String scored =
        "SELECT id, \"#file\", \"#row\", "
            + String.join(", ", each)
            + " FROM "
            + (remembered ? REMEMBERED : chunks(where));
    String all =
        sumOf(query.size()); // by which a document's chunk is chosen: nearest to all of the query
    String sql =
        perDocument
            ? "SELECT id, arg_max(\"#file\", " + all + "), arg_max(\"#row\", " + all + "), "
            : "SELECT NULL, \"#file\", \"#row\", ";
    sql += "(" + sum + ") / " + query.size() + " AS score FROM (" + scored + ")";
    sql += (perDocument ? " GROUP BY id" : "") + " ORDER BY score DESC, 2, 3";
    return found(sql + " LIMIT " + depth, where);
  }

  /** From the second search on, where memory has room for all vectors. */
  private boolean isRemembered() throws IOException {
    searches++;
    long bytes = copies.rows() * ((long) Float.BYTES * dimension + ROW_BYTES);
    if (searches < 2 || bytes > machineMemory() / 4) {
      copies.readyAll();
      return false;
    }
    if (searches == 2) {
      try (Statement statement = database.createStatement()) {
        statement.execute(
            "CREATE TABLE "
                + REMEMBERED
                + " AS SELECT id, \"#file\", \"#row\", embedding::FLOAT["
                + dimension
                + "] AS embedding FROM "
                + chunks(null));
      } catch (SQLException e) {
        throw failed(e, null);
      }
    }
    return true;
  }

  private static long machineMemory() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine
        ? machine.getTotalMemorySize()
        : 0;
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
        Place place = new Place(rows.getInt(2), rows.getLong(3));
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
    copies.readyAll();
    String sql = "SELECT \"#file\", \"#row\" FROM " + chunks(where);
    try (Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        matching.get(rows.getInt(1)).set(Math.toIntExact(rows.getLong(2)));
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
    List<Integer> needed = ranking.stream().map(found -> found.place().file()).distinct().toList();
    for (int file : needed) {
      copies.ready(file);
    }
    String places =
        ranking.stream()
            .map(f -> "(" + needed.indexOf(f.place().file()) + ", " + f.place().row() + ")")
            .collect(Collectors.joining(", "));
    String sql =
        "SELECT file_index, file_row_number, id, part, chunk, char_start, text, "
            + (titled ? "title" : "NULL")
            + " FROM "
            + source(needed.stream().map(files::get).toList())
            + " WHERE (file_index, file_row_number) IN ("
            + places
            + ")";
    Map<Place, Integer> ranks = new HashMap<>();
    ranking.forEach(found -> ranks.put(found.place(), ranks.size()));
    Hit[] hits = new Hit[ranking.size()];
    try (Statement statement = database.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        int file = needed.get(result.getInt(1));
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

  /** All chunks for which a condition holds, with their places as file and row. */
  private String chunks(@Nullable String where) {
    String places = "SELECT *, file_index AS \"#file\", file_row_number AS \"#row\" FROM ";
    return "(" + places + source(files) + condition(where) + ")";
  }

  private static String source(List<Path> files) {
    return "read_parquet(" + list(files) + ", file_row_number = true)";
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

  private static String literal(float[] vector, String type) {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < vector.length; i++) {
      text.append(i == 0 ? "" : ",").append(vector[i]);
    }
    return text.append("]::").append(type).toString();
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
