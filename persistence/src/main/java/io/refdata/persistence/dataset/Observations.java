package io.refdata.persistence.dataset;

import io.refdata.dataset.Dataset;
import io.refdata.persistence.statement.Statements;
import io.refdata.reference.NoSuchItem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.result.ResultSetException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/**
 * The observations on file. Two statements whatever is asked for: which series, then their
 * observations through a cursor, both in one snapshot, so that a load is seen whole or not at all.
 */
@Dependent
public class Observations {
  private static final int ROWS_AT_A_TIME = 2_000;

  private final Jdbi jdbi;

  @Inject
  public Observations(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * What is asked for of the series.
   *
   * @param from not before this instant; null from the beginning
   * @param before only before this instant; null to the end
   * @param after only after this observation; null from the first
   * @param limit how many at most; 0 for all
   */
  public record Range(
      @Nullable Instant from, @Nullable Instant before, @Nullable Position after, int limit) {}

  /** Where an answer ended: an observation by the key of its series and its time. */
  public record Position(String seriesKey, Instant time) {}

  /** Takes the observations; the series they belong to are known by their id. */
  @FunctionalInterface
  public interface Reader {
    void read(Map<Integer, Series> series, ObservationCursor observations)
        throws SQLException, IOException;
  }

  /**
   * Reads the observations of a selection, by series in the order they came to be, and time. Not to
   * be called in a transaction.
   *
   * @throws NoSuchItem if the range begins after an observation of a series that is not selected
   */
  public void read(Dataset dataset, SeriesSelection selection, Range range, Reader reader)
      throws IOException {
    jdbi.<IOException>useTransaction(
        TransactionIsolationLevel.REPEATABLE_READ,
        handle -> {
          try {
            read(handle.getConnection(), dataset, selection, range, reader);
          } catch (SQLException e) {
            throw new ResultSetException("Reading observations of " + dataset, e, null);
          }
        });
  }

  private static void read(
      Connection connection, Dataset dataset, SeriesSelection selection, Range range, Reader reader)
      throws SQLException, IOException {
    int id = Objects.requireNonNull(dataset.id());
    Map<Integer, Series> series = new LinkedHashMap<>();
    for (Series one : SeriesSql.all(connection, dataset, selection)) {
      series.put(one.id(), one);
    }
    try (PreparedStatement statement = observations(connection, id, series.values(), range);
        ResultSet rows = Statements.query(statement)) {
      reader.read(series, new ObservationCursor(rows));
    }
  }

  private static PreparedStatement observations(
      Connection connection, int dataset, Collection<Series> series, Range range)
      throws SQLException {
    int reached = range.after() == null ? 0 : id(series, range.after().seriesKey());
    List<Series> left = series.stream().filter(one -> one.id() >= reached).toList();
    StringBuilder sql =
        new StringBuilder(
            """
            select o.series_id, o.time, o.value, o.status
              from curated.observation o
             where o.dataset_id = ?
               and o.series_id = any(?)
               and o.time >= ?
               and o.time < ?
            """);
    if (range.after() != null) {
      sql.append("   and (o.series_id, o.time) > (?, ?)\n");
    }
    sql.append(" order by o.series_id, o.time");
    if (range.limit() > 0) {
      sql.append(" limit ").append(range.limit());
    }
    PreparedStatement statement = connection.prepareStatement(sql.toString());
    statement.setFetchSize(ROWS_AT_A_TIME);
    // Below 0: binary transfer from the first execution on, which numbers and instants gain by.
    statement.unwrap(PGStatement.class).setPrepareThreshold(-1);
    statement.setInt(1, dataset);
    statement.setArray(
        2, connection.createArrayOf("int4", left.stream().map(Series::id).toArray()));
    statement.setObject(3, utc(latest(range.from(), bound(left, true))));
    statement.setObject(4, utc(earliest(range.before(), bound(left, false))));
    if (range.after() != null) {
      statement.setInt(5, reached);
      statement.setObject(6, utc(range.after().time()));
    }
    return statement;
  }

  private static int id(Collection<Series> series, String key) {
    return series.stream()
        .filter(one -> one.key().equals(key))
        .findFirst()
        .orElseThrow(() -> new NoSuchItem("series", key))
        .id();
  }

  /** Open ranges end where the series do, so that no partition beyond is looked into. */
  private static Instant bound(List<Series> series, boolean first) {
    Instant bound = Instant.EPOCH;
    boolean any = false;
    for (Series one : series) {
      Instant end = first ? one.first() : one.last();
      if (end != null && (!any || (first ? end.isBefore(bound) : end.isAfter(bound)))) {
        bound = end;
        any = true;
      }
    }
    return first ? bound : bound.plusNanos(1_000);
  }

  private static Instant latest(@Nullable Instant one, Instant other) {
    return one != null && one.isAfter(other) ? one : other;
  }

  private static Instant earliest(@Nullable Instant one, Instant other) {
    return one != null && one.isBefore(other) ? one : other;
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
