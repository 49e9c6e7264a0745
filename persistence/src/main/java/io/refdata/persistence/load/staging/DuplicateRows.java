package io.refdata.persistence.load.staging;

import io.refdata.persistence.sql.SqlText;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Removes duplicates from staging: if a file has a key several times, the first row counts, and the
 * others are rejected. Their locations are noted, so that their texts can be read from the file
 * again.
 */
public final class DuplicateRows {
  private static final int PLACES_AT_A_TIME = 10_000;

  private DuplicateRows() {}

  /**
   * The location of a duplicate in the file.
   *
   * @param column the column's number; null if the whole line is a duplicate
   * @param first the line that has the key first
   */
  public record Place(long line, @Nullable Integer column, long first) {}

  /** Removes duplicates from staged observations. */
  static Duplicates takeObservations(Handle handle, StagingTables staging, String table) {
    return take(
        handle,
        staging,
        table,
        "series_id, time",
        "place",
        "place >> %1$d, (place >> 1) & %2$d"
            .formatted(StagedPlace.LINE_SHIFT, StagedPlace.COLUMN_MASK),
        "first >> " + StagedPlace.LINE_SHIFT,
        "place & 1 = 1");
  }

  /** Removes duplicates from staged items, and returns their number. */
  public static long takeItems(Handle handle, StagingTables staging) {
    return take(handle, staging, staging.rows(), "code", "line", "line, null", "first", "false")
        .rows();
  }

  private static Duplicates take(
      Handle handle,
      StagingTables staging,
      String table,
      String key,
      String order,
      String place,
      String first,
      String rounded) {
    boolean none =
        handle
            .createQuery(
                "select not exists (select from %s group by %s having count(*) > 1)"
                    .formatted(table, key))
            .mapTo(Boolean.class)
            .one();
    if (none) {
      return Duplicates.NONE;
    }
    String sql =
        SqlText.of(
                """
                with ranked as (
                  select ctid,
                         row_number() over same as occurrence,
                         first_value(<order>) over same as first
                    from <rows>
                  window same as (partition by <key> order by <order>)),
                rejected as (
                  delete from <rows> r
                   using ranked
                   where ranked.ctid = r.ctid and ranked.occurrence > 1
                  returning r.*, ranked.first),
                noted as (
                  insert into <duplicates> (line, col, first) select <place>, <first> from rejected)
                select count(*), count(*) filter (where <rounded>) from rejected
                """)
            .with("rows", table)
            .with("key", key)
            .with("order", order)
            .with("duplicates", staging.duplicates())
            .with("place", place)
            .with("first", first)
            .with("rounded", rounded)
            .text();
    return handle
        .createQuery(sql)
        .map((row, context) -> new Duplicates(row.getLong(1), row.getLong(2)))
        .one();
  }

  /** Reads the locations of the duplicates, in the order of the file. */
  public static void read(Jdbi jdbi, StagingTables staging, Consumer<Iterator<Place>> reader) {
    jdbi.useTransaction(
        handle -> {
          try (Stream<Place> places =
              handle
                  .createQuery(
                      "select line, col, first from %s order by line, col"
                          .formatted(staging.duplicates()))
                  .setFetchSize(PLACES_AT_A_TIME)
                  .map(
                      (row, context) ->
                          new Place(
                              row.getLong(1), row.getObject(2, Integer.class), row.getLong(3)))
                  .stream()) {
            reader.accept(places.iterator());
          }
        });
  }
}
