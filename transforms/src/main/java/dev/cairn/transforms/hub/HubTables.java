package dev.cairn.transforms.hub;

import dev.cairn.io.table.Cardinality;
import dev.cairn.io.table.ColumnType;
import dev.cairn.io.table.TableSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a scan of the hub: {@code models} and {@code datasets}, one row a repository, and
 * {@code popularity} with what changes from day to day. All are joined by {@code id}.
 */
public final class HubTables {
  /** How much each repository is used. */
  public static final String POPULARITY = "popularity";

  /** The columns of {@code models} and of {@code datasets}. */
  public static final TableSchema REPOSITORIES = repositories();

  public static final TableSchema POPULARITY_SCHEMA =
      TableSchema.builder()
          .column("id", ColumnType.string(), true, Cardinality.DISTINCT)
          .column("downloads", ColumnType.int64(), false)
          .column("downloads_all_time", ColumnType.int64(), false)
          .column("likes", ColumnType.int64(), false)
          .column("trending_score", ColumnType.float64(), false)
          .build();

  private HubTables() {}

  /** The table of repositories of a kind. */
  public static String nameOf(HubKind kind) {
    return kind + "s";
  }

  /** A repository's row. */
  public static @Nullable Object[] row(HubRecord record) {
    List<@Nullable Object> row = new ArrayList<>();
    row.add(record.id());
    row.addAll(Arrays.asList(HubColumns.row(record)));
    row.add(record.getDescription());
    row.add(record.getCard());
    return row.toArray();
  }

  /** The row of its popularity. */
  public static @Nullable Object[] row(Popularity popularity) {
    return new @Nullable Object[] {
      popularity.getId(),
      popularity.getDownloads(),
      popularity.getDownloadsAllTime(),
      popularity.getLikes(),
      popularity.getTrendingScore()
    };
  }

  private static TableSchema repositories() {
    TableSchema.Builder columns = TableSchema.builder();
    columns.column("id", ColumnType.string(), true, Cardinality.DISTINCT);
    HubColumns.DOCUMENT.forEach(
        c -> columns.column(c.name(), c.type(), c.required(), c.cardinality()));
    columns.column("description", ColumnType.string(), false, Cardinality.LARGE);
    columns.column("card", ColumnType.string(), false, Cardinality.LARGE);
    return columns.build();
  }
}
