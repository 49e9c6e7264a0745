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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Reads the stored series, page by page. A page takes two statements in one snapshot: one for the
 * series, one for the numbers of their observations. Not to be called in a transaction.
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
    SeriesSql.Selected selected =
        SeriesSql.page(connection, dataset, selection, asOf, after, limit + 1);
    List<Series> found = selected.series();
    List<Series> page = found.subList(0, Math.min(limit, found.size()));
    Map<Integer, Counted> counts = counts(connection, dataset, page, selected.partitions(), asOf);
    List<Counted> counted = new ArrayList<>();
    for (Series series : page) {
      counted.add(counts.getOrDefault(series.id(), new Counted(series, 0, null, null)));
    }
    return new Page(counted, found.size() > limit);
  }

  private static Map<Integer, Counted> counts(
      Connection connection,
      Dataset dataset,
      List<Series> series,
      Partitions partitions,
      @Nullable Integer asOf)
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
    try (PreparedStatement statement = query.prepare(connection);
        ResultSet rows = Statements.query(statement)) {
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
