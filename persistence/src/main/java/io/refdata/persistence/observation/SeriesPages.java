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
import org.jspecify.annotations.Nullable;

/**
 * Reads the stored series, page by page. The numbers of their current observations are stored with
 * them. For a past revision, a second statement in the same snapshot counts the observations of the
 * page's series. Not to be called in a transaction.
 */
@Dependent
public class SeriesPages {
  private static final String NAME = "SeriesPages.counts";
  private final Jdbi jdbi;

  @Inject
  public SeriesPages(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** A page of series by key, and whether more come after them. */
  public record Page(List<Counted> series, boolean more) {}

  /** A series with the number of its observations, and the first and the last of their times. */
  public record Counted(
      Series series, long count, @Nullable Instant first, @Nullable Instant last) {}

  /**
   * At most {@code limit} series of a selection, in the order of keys, after the given key.
   *
   * @param asOf the revision of the dataset as of which to read; null for the current state
   */
  public Page page(
      Dataset dataset,
      SeriesSelection selection,
      @Nullable Integer asOf,
      @Nullable String after,
      int limit)
      throws IOException {
    return Snapshot.read(
        jdbi, connection -> page(connection, dataset, selection, asOf, after, limit));
  }

  private static Page page(
      Connection connection,
      Dataset dataset,
      SeriesSelection selection,
      @Nullable Integer asOf,
      @Nullable String after,
      int limit)
      throws SQLException {
    SeriesSql.CountedSeries found =
        SeriesSql.page(connection, dataset, selection, asOf, after, limit + 1);
    boolean more = found.series().size() > limit;
    List<Counted> page = more ? found.series().subList(0, limit) : found.series();
    if (asOf == null) {
      return new Page(page, more);
    }
    List<Series> series = page.stream().map(Counted::series).toList();
    Map<Integer, Counted> past = count(connection, dataset, series, found.partitions(), asOf);
    return new Page(
        series.stream()
            .map(one -> past.getOrDefault(one.id(), new Counted(one, 0, null, null)))
            .toList(),
        more);
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
