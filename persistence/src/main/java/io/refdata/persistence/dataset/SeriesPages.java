package io.refdata.persistence.dataset;

import io.refdata.dataset.Dataset;
import io.refdata.persistence.statement.Statements;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.result.ResultSetException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;

/**
 * The series on file, page by page. Two statements a page, in one snapshot: the series, and how
 * many observations each of them has. Not to be called in a transaction.
 */
@Dependent
public class SeriesPages {
  private final Jdbi jdbi;

  @Inject
  public SeriesPages(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** A page of series by key, and whether more come after them. */
  public record Page(List<Counted> series, boolean more) {}

  /** A series and how many observations it has. */
  public record Counted(Series series, long count) {}

  /** At most so many series of a selection, after the one of a key. */
  public Page page(Dataset dataset, SeriesSelection selection, @Nullable String after, int limit) {
    return jdbi.inTransaction(
        TransactionIsolationLevel.REPEATABLE_READ,
        handle -> {
          try {
            return page(handle.getConnection(), dataset, selection, after, limit);
          } catch (SQLException e) {
            throw new ResultSetException("Reading series of " + dataset, e, null);
          }
        });
  }

  private static Page page(
      Connection connection,
      Dataset dataset,
      SeriesSelection selection,
      @Nullable String after,
      int limit)
      throws SQLException {
    List<Series> found = SeriesSql.page(connection, dataset, selection, after, limit + 1);
    List<Series> page = found.subList(0, Math.min(limit, found.size()));
    Map<Integer, Long> counts = counts(connection, dataset, page);
    List<Counted> counted = new ArrayList<>();
    for (Series series : page) {
      counted.add(new Counted(series, counts.getOrDefault(series.id(), 0L)));
    }
    return new Page(counted, found.size() > limit);
  }

  private static Map<Integer, Long> counts(
      Connection connection, Dataset dataset, List<Series> series) throws SQLException {
    Map<Integer, Long> counts = new HashMap<>();
    Optional<Instant> first = times(series, Series::first).min(Instant::compareTo);
    Optional<Instant> last = times(series, Series::last).max(Instant::compareTo);
    if (first.isEmpty() || last.isEmpty()) {
      return counts;
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            select o.series_id, count(*)
              from curated.observation o
             where o.dataset_id = ?
               and o.series_id = any(?)
               and o.time between ? and ?
             group by o.series_id
            """)) {
      statement.setInt(1, Objects.requireNonNull(dataset.id()));
      statement.setArray(
          2, connection.createArrayOf("int4", series.stream().map(Series::id).toArray()));
      statement.setObject(3, first.get().atOffset(ZoneOffset.UTC));
      statement.setObject(4, last.get().atOffset(ZoneOffset.UTC));
      try (ResultSet rows = Statements.query(statement)) {
        while (rows.next()) {
          counts.put(rows.getInt(1), rows.getLong(2));
        }
      }
    }
    return counts;
  }

  private static Stream<Instant> times(List<Series> series, Time time) {
    return series.stream().map(time::of).flatMap(Stream::ofNullable);
  }

  private interface Time {
    @Nullable Instant of(Series series);
  }
}
