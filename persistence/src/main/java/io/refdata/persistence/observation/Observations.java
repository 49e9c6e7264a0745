package io.refdata.persistence.observation;

import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.item.fault.NoSuchItem;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.result.ResultSetException;
import org.jspecify.annotations.Nullable;

/**
 * The observations on file. Two statements whatever is asked for: which series, then their
 * observations through a cursor, both in one snapshot, so that a load is seen whole or not at all.
 * Of a few series that are known already, one statement.
 */
@Dependent
public class Observations {
  /** How many observations may be held in memory at once, instead of behind a cursor. */
  private static final int FEW = 10_000;

  private final Jdbi jdbi;
  private final SeriesCache known;

  @Inject
  public Observations(Jdbi jdbi, SeriesCache known) {
    this.jdbi = jdbi;
    this.known = known;
  }

  /**
   * What is asked for of the series.
   *
   * @param from not before this instant; null from the beginning
   * @param before only before this instant; null to the end
   * @param ends of each series only some from one of its ends; null for all
   * @param asOf what was known at this revision of the dataset; null for what is known now
   * @param since only what is not as it was at this revision; null for all
   * @param after only after this observation; null from the first
   * @param limit how many at most; 0 for all
   */
  public record Range(
      @Nullable Instant from,
      @Nullable Instant before,
      @Nullable Ends ends,
      @Nullable Integer asOf,
      @Nullable Integer since,
      @Nullable Position after,
      int limit) {
    private boolean isCurrent() {
      return asOf == null && since == null;
    }
  }

  /**
   * So many observations of each series, the first or the last.
   *
   * @param latest whether the last
   */
  public record Ends(int count, boolean latest) {}

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
    SeriesCache.Known few = range.isCurrent() ? known.find(dataset, selection) : null;
    if (few != null
        && atMost(dataset.frequency(), few.series(), range) <= FEW
        && readAtOnce(dataset, few, range, reader)) {
      return;
    }
    Snapshot.read(jdbi, connection -> readTogether(connection, dataset, selection, range, reader));
  }

  /**
   * Reads them without a transaction, from the partitions that there were when the series were
   * read: all are here before the first is looked at. If then nothing that the series rest on has
   * changed, nor is about to, the two go together as in one snapshot: a writer says what it changes
   * before anyone can see it (docs/adr/012).
   *
   * @return whether it was so; if not, nothing was handed over
   */
  private boolean readAtOnce(Dataset dataset, SeriesCache.Known few, Range range, Reader reader)
      throws IOException {
    try (Handle handle = jdbi.open();
        PreparedStatement statement =
            query(id(dataset), few.series(), few.partitions(), range)
                .prepare(handle.getConnection());
        ResultSet rows = Statements.query(statement)) {
      boolean together = known.isFresh(few);
      if (together) {
        reader.read(byId(few.series()), new ObservationCursor(rows));
      }
      return together;
    } catch (SQLException e) {
      if (Snapshot.missesTable(e)) {
        return false;
      }
      throw new ResultSetException("Reading observations", e, null);
    }
  }

  private Void readTogether(
      Connection connection, Dataset dataset, SeriesSelection selection, Range range, Reader reader)
      throws SQLException, IOException {
    long now = known.now();
    SeriesSql.Selected selected = SeriesSql.all(connection, dataset, selection);
    List<Series> series = selected.series();
    if (range.isCurrent()) {
      known.remember(dataset, selection, selected, now);
    }
    try (PreparedStatement statement =
            query(id(dataset), series, selected.partitions(), range).prepare(connection);
        ResultSet rows = Statements.query(statement)) {
      reader.read(byId(series), new ObservationCursor(rows));
      return null;
    }
  }

  /** A bound of how many observations there can be. */
  private static long atMost(Frequency frequency, List<Series> series, Range range) {
    long each =
        frequency.atMost(
            latest(range.from(), bound(series, true)),
            earliest(range.before(), bound(series, false)));
    return series.size() * (range.ends() == null ? each : Math.min(each, range.ends().count()));
  }

  private static Map<Integer, Series> byId(List<Series> series) {
    Map<Integer, Series> byId = new LinkedHashMap<>();
    series.forEach(one -> byId.put(one.id(), one));
    return byId;
  }

  /** The question for the observations of some series. */
  static ObservationSql query(
      int dataset, List<Series> series, Partitions partitions, Range range) {
    int reached = range.after() == null ? 0 : id(series, range.after().seriesKey());
    List<Series> left = series.stream().filter(one -> one.id() >= reached).toList();
    Integer[] ids = left.stream().map(Series::id).toArray(Integer[]::new);
    ObservationSql query =
        new ObservationSql(
            dataset,
            range.asOf(),
            latest(range.from(), bound(left, true)),
            earliest(range.before(), bound(left, false)),
            partitions);
    query.add("select o.series_id, o.time, o.value, o.status");
    query.add(range.since() == null ? " from (" : ", o.action from (");
    if (ids.length == 1 && range.ends() == null) {
      addRows(query, range, "= ?", ids[0]);
    } else if (range.ends() == null) {
      addRows(query, range, "= any(?)", (Object) ids);
    } else {
      query.add("select n.* from unnest(?) as k(id) cross join lateral (", (Object) ids);
      if (range.since() == null) {
        query.addEnds(range.ends(), "= k.id");
      } else {
        query.add("select e.* from ").addChanges(range.since(), "= k.id");
        query.add(range.ends().latest() ? " e order by e.time desc" : " e order by e.time");
        query.add(" limit ?", range.ends().count());
      }
      query.add(") n");
    }
    query.add(") o");
    if (range.after() != null) {
      query.add(
          " where (o.series_id, o.time) > (?, ?)",
          reached,
          ObservationSql.utc(range.after().time()));
    }
    query.add(" order by o.series_id, o.time");
    if (range.limit() > 0) {
      query.add(" limit ?", range.limit());
    }
    return query;
  }

  private static void addRows(ObservationSql query, Range range, String series, Object... values) {
    if (range.since() == null) {
      query.addKnown(series, values);
    } else {
      query.addChanges(range.since(), series, values);
    }
  }

  private static int id(Dataset dataset) {
    return Objects.requireNonNull(dataset.id());
  }

  private static int id(List<Series> series, String key) {
    return series.stream()
        .filter(one -> one.key().equals(key))
        .findFirst()
        .orElseThrow(() -> new NoSuchItem("series", key))
        .id();
  }

  /** Open ranges end where the series do, so that no partition beyond is looked into. */
  static Instant bound(List<Series> series, boolean first) {
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
}
