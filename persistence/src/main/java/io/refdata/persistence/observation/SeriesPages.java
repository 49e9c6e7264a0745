package io.refdata.persistence.observation;

import io.refdata.domain.dataset.Dataset;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.dataset.SeriesSelection;
import io.refdata.persistence.partition.Partitions;
import io.refdata.persistence.sql.Snapshot;
import io.refdata.persistence.sql.Statements;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.result.ResultSetException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the stored series, page by page. The numbers of their current observations are stored with
 * them. For a past revision, a second statement in the same snapshot counts the observations of the
 * page's series. Not to be called in a transaction.
 */
@Dependent
public class SeriesPages {
  private static final String NAME = "SeriesPages.counts";

  /** The series of a statement that reads all. */
  private static final int AT_A_TIME = 1_000;

  private final Jdbi jdbi;

  @Inject
  public SeriesPages(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * A page of series by key.
   *
   * @param more whether more come after them
   * @param retired whether retention has removed observations: their counts follow later, without a
   *     revision
   */
  public record Page(List<Counted> series, boolean more, boolean retired) {}

  /** A series with the number of its observations, and the first and the last of their times. */
  public record Counted(
      Series series, long count, @Nullable Instant first, @Nullable Instant last) {}

  /**
   * At most {@code limit} series of a selection, in the order of keys, after the given key.
   *
   * @param asOf the revision of the dataset as of which to read; null for the current state
   * @throws io.refdata.domain.dataset.RetiredObservations if retention has removed some of them
   *     since that revision
   */
  public Page page(
      Dataset dataset,
      SeriesSelection selection,
      @Nullable Integer asOf,
      @Nullable String after,
      int limit)
      throws IOException {
    return Snapshot.read(
        jdbi,
        connection -> {
          SeriesSql.CountedSeries found =
              SeriesSql.page(connection, false, dataset, selection, asOf, after, limit + 1);
          return page(connection, dataset, found, asOf, limit);
        });
  }

  /** Takes the series of a list one after the other. */
  @FunctionalInterface
  public interface Taker {
    void take(Counted one) throws IOException;
  }

  /**
   * Gives all series of a selection, in the order of keys, in constant memory.
   *
   * @param asOf the revision of the dataset as of which to read; null for the current state
   * @throws io.refdata.domain.dataset.RetiredObservations if retention has removed some of them
   *     since that revision; then none was given
   */
  public void each(Dataset dataset, SeriesSelection selection, @Nullable Integer asOf, Taker taker)
      throws IOException {
    Snapshot.read(
        jdbi,
        connection -> {
          SeriesSql.CountedSeries first =
              SeriesSql.page(connection, false, dataset, selection, asOf, null, AT_A_TIME + 1);
          if (first.partitions().isRetiredSince(asOf)) {
            each(connection, dataset, selection, asOf, first, one -> {});
          }
          each(connection, dataset, selection, asOf, first, taker);
          return first;
        });
  }

  private static void each(
      Connection connection,
      Dataset dataset,
      SeriesSelection selection,
      @Nullable Integer asOf,
      SeriesSql.CountedSeries first,
      Taker taker)
      throws SQLException, IOException {
    Page page = page(connection, dataset, first, asOf, AT_A_TIME);
    while (true) {
      for (Counted one : page.series()) {
        taker.take(one);
      }
      if (!page.more()) {
        return;
      }
      String last = page.series().get(AT_A_TIME - 1).series().key();
      page = next(connection, dataset, selection, asOf, last);
    }
  }

  private static Page next(
      Connection connection,
      Dataset dataset,
      SeriesSelection selection,
      @Nullable Integer asOf,
      String after) {
    try {
      return page(
          connection,
          dataset,
          SeriesSql.page(connection, true, dataset, selection, asOf, after, AT_A_TIME + 1),
          asOf,
          AT_A_TIME);
    } catch (SQLException e) {
      // Not to be read again in another snapshot: some are given already.
      throw new ResultSetException("Reading series", e, null);
    }
  }

  private static Page page(
      Connection connection,
      Dataset dataset,
      SeriesSql.CountedSeries found,
      @Nullable Integer asOf,
      int limit)
      throws SQLException {
    boolean more = found.series().size() > limit;
    List<Counted> page = more ? found.series().subList(0, limit) : found.series();
    boolean retired = found.partitions().retired() != null;
    if (asOf == null) {
      return new Page(page, more, retired);
    }
    List<Series> series = page.stream().map(Counted::series).toList();
    for (Series one : series) {
      if (one.first() != null) {
        found.partitions().requireWhole(one.first(), asOf);
      }
    }
    Map<Integer, Counted> past = count(connection, dataset, series, found.partitions(), asOf);
    return new Page(
        series.stream()
            .map(one -> past.getOrDefault(one.id(), new Counted(one, 0, null, null)))
            .toList(),
        more,
        retired);
  }

  private static Map<Integer, Counted> count(
      Connection connection, Dataset dataset, List<Series> series, Partitions partitions, int asOf)
      throws SQLException {
    Map<Integer, Series> byId = new HashMap<>();
    series.forEach(one -> byId.put(one.id(), one));
    ObservationSql query =
        new ObservationSql(
            Objects.requireNonNull(dataset.id()),
            asOf,
            Observations.bound(series, true),
            Observations.bound(series, false),
            partitions);
    query.add("select o.series_id, count(*), min(o.time), max(o.time) from (");
    query.addAsOf("= any(?)", (Object) byId.keySet().toArray(Integer[]::new));
    query.add(") o group by o.series_id");
    Map<Integer, Counted> counts = new HashMap<>();
    try (PreparedStatement statement = query.prepare(connection, NAME);
        ResultSet rows = Statements.query(NAME, statement)) {
      while (rows.next()) {
        Series one = Objects.requireNonNull(byId.get(rows.getInt(1)));
        counts.put(
            one.id(),
            new Counted(
                one,
                rows.getLong(2),
                rows.getObject(3, OffsetDateTime.class).toInstant(),
                rows.getObject(4, OffsetDateTime.class).toInstant()));
      }
    }
    return counts;
  }
}
