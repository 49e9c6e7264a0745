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
import java.io.UncheckedIOException;
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
 * Reads the stored observations. Each request takes two statements: one for the series, then one
 * for their observations through a cursor. Both read one snapshot, so that a load is seen
 * completely or not at all. For a few series that are cached, it takes one statement.
 */
@Dependent
public class Observations {
  /** The most observations that may be held in memory at once, instead of behind a cursor. */
  private static final String NAME = "Observations.read";

  private static final int FEW = 10_000;

  private final Jdbi jdbi;
  private final SeriesCache cache;

  @Inject
  public Observations(Jdbi jdbi, SeriesCache cache) {
    this.jdbi = jdbi;
    this.cache = cache;
  }

  /**
   * The part of the series' observations to read.
   *
   * @param from the first instant; null from the beginning
   * @param before the instant after the last; null to the end
   * @param ends the number of first or last observations of each series; null for all
   * @param asOf the revision of the dataset as of which to read; null for the current state
   * @param since the revision to compare with, for changes only; null for all observations
   * @param after the observation after which to begin; null from the first
   * @param limit the largest number of observations; 0 for all
   */
  public record Range(
      @Nullable Instant from,
      @Nullable Instant before,
      @Nullable Ends ends,
      @Nullable Integer asOf,
      @Nullable Integer since,
      @Nullable Position after,
      int limit) {}

  /**
   * A number of observations of each series, the first or the last.
   *
   * @param latest true for the last, false for the first
   */
  public record Ends(int count, boolean latest) {
    /** SQL that orders rows {@code e} from that end on, and limits them to a number to be bound. */
    String orderAndLimit() {
      return latest ? " order by e.time desc limit ?" : " order by e.time limit ?";
    }
  }

  /** The end of a page: an observation, by the key of its series and its time. */
  public record Position(String seriesKey, Instant time) {}

  /** Reads the observations; {@code series} holds their series by id. */
  @FunctionalInterface
  public interface Reader {
    void read(Map<Integer, Series> series, ObservationRows observations)
        throws SQLException, IOException;

    /** The range of the observations from which it works out what a range asks for. */
    default Range needed(Range asked) {
      return asked;
    }

    /**
     * The reading that it needs in the snapshot of the series before their observations; null for
     * none.
     */
    default @Nullable Preparation preparation() {
      return null;
    }

    /** Where what it works out may be kept; null for nowhere. */
    default @Nullable Source source() {
      return null;
    }
  }

  /** Where results are kept that else are worked out from observations. */
  @FunctionalInterface
  public interface Source {
    /**
     * Reads the results of a range in the snapshot of the series.
     *
     * @param range that of the observations from which they would be worked out
     * @return false if they are not kept there; then nothing was read
     */
    boolean read(
        Connection connection, Dataset dataset, List<Series> series, Range range, Results results)
        throws SQLException, IOException;
  }

  /** Reads the results of a {@link Source}. */
  @FunctionalInterface
  public interface Results {
    void read(ObservationRows rows) throws SQLException, IOException;
  }

  /** Reads what the observations of some series are to be read with. */
  @FunctionalInterface
  public interface Preparation {
    /**
     * Reads it in the snapshot of a connection.
     *
     * @param partitions those of the dataset in the snapshot
     */
    void prepare(Connection connection, List<Series> series, Partitions partitions)
        throws SQLException;
  }

  /** A selection of one of several datasets, the range to be read, and its reader. */
  public record Question(Dataset dataset, SeriesSelection selection, Range range, Reader reader) {}

  /** Reads the observations of several selections in one snapshot. Not in a transaction. */
  public void readAll(List<Question> questions) {
    try {
      Snapshot.read(
          jdbi,
          connection -> {
            boolean begun = false;
            for (Question question : questions) {
              read(connection, begun, question);
              begun = true;
            }
            return questions;
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads the observations of a selection, by series in the order of their creation, and by time.
   * Not to be called in a transaction.
   *
   * @throws NoSuchItem if the range begins after an observation of a series that is not selected
   * @throws io.refdata.domain.dataset.RetiredObservations if retention has removed some of them
   */
  public void read(Dataset dataset, SeriesSelection selection, Range asked, Reader reader)
      throws IOException {
    Range range = reader.needed(asked);
    SeriesCache.Found cached =
        range.since() == null && reader.preparation() == null && reader.source() == null
            ? cache.find(dataset, selection, range.asOf())
            : null;
    if (cached != null) {
      requireKept(cached.partitions(), asked, range);
    }
    if (cached != null
        && atMost(dataset.frequency(), cached.series(), range) <= FEW
        && readAtOnce(dataset, cached, range, reader)) {
      return;
    }
    Snapshot.read(jdbi, connection -> readTogether(connection, dataset, selection, asked, reader));
  }

  /**
   * Reads them without a transaction, from the partitions that existed when the series were read.
   * All observations are in memory before the first is used. If by then no dependency of the series
   * has changed or is in doubt, series and observations fit together as in one snapshot: a writer
   * marks its changes in doubt before anyone can see them (docs/adr/012). This holds for a past
   * state too: the one statement sees a replaced value either as a value or as a vintage.
   *
   * @return true if they fit together; if not, nothing was given to the reader
   */
  private boolean readAtOnce(Dataset dataset, SeriesCache.Found cached, Range range, Reader reader)
      throws IOException {
    try (Handle handle = jdbi.open();
        PreparedStatement statement =
            query(dataset, cached.series(), cached.partitions(), range)
                .prepare(handle.getConnection(), NAME);
        ResultSet rows = Statements.query(NAME, statement)) {
      boolean together = cached.isFresh();
      if (together) {
        Map<Integer, Series> byId = byId(cached.series());
        reader.read(byId, new ObservationCursor(rows, byId));
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
      Connection connection, Dataset dataset, SeriesSelection selection, Range asked, Reader reader)
      throws SQLException, IOException {
    Range range = reader.needed(asked);
    long now = cache.now();
    SeriesSql.Selected selected =
        SeriesSql.all(connection, false, dataset, selection, range.asOf(), range.since());
    if (range.since() == null) {
      cache.put(dataset, selection, range.asOf(), selected, now);
    }
    read(connection, dataset, selected, asked, reader);
    return null;
  }

  /** Reads observations in a snapshot in which something was read before. */
  public static void readAlso(Connection connection, Question question)
      throws SQLException, IOException {
    read(connection, true, question);
  }

  private static void read(Connection connection, boolean begun, Question question)
      throws SQLException, IOException {
    Range range = question.reader().needed(question.range());
    SeriesSql.Selected selected =
        SeriesSql.all(
            connection,
            begun,
            question.dataset(),
            question.selection(),
            range.asOf(),
            range.since());
    read(connection, question.dataset(), selected, question.range(), question.reader());
  }

  private static void read(
      Connection connection,
      Dataset dataset,
      SeriesSql.Selected selected,
      Range asked,
      Reader reader)
      throws SQLException, IOException {
    Range range = reader.needed(asked);
    List<Series> series = selected.series();
    requireKept(selected.partitions(), asked, range);
    Preparation preparation = reader.preparation();
    if (preparation != null) {
      preparation.prepare(connection, series, selected.partitions());
    }
    Source source = reader.source();
    if (source != null
        && source.read(
            connection, dataset, series, range, rows -> reader.read(byId(series), rows))) {
      return;
    }
    readThese(connection, dataset, series, selected.partitions(), range, reader);
  }

  private static void requireKept(Partitions partitions, Range asked, Range needed) {
    partitions.requireKept(asked.from(), asked.before(), asked.asOf());
    partitions.requireWhole(needed.from(), asked.asOf());
    Integer since = asked.since();
    if (since != null && since > 0) { // From the beginning on, there is nothing to compare with.
      partitions.requireWhole(asked.from(), since);
    }
  }

  /** Reads observations of some series, as many of them as retention has left. */
  public static void readThese(
      Connection connection,
      Dataset dataset,
      List<Series> series,
      Partitions partitions,
      Range range,
      Reader reader)
      throws SQLException, IOException {
    readThese(connection, id(dataset), dataset.frequency(), series, partitions, range, reader);
  }

  /**
   * The same for a dataset of which only some is known.
   *
   * @param dataset its id
   */
  public static void readThese(
      Connection connection,
      int dataset,
      Frequency frequency,
      List<Series> series,
      Partitions partitions,
      Range range,
      Reader reader)
      throws SQLException, IOException {
    try (PreparedStatement statement =
            query(dataset, frequency, series, partitions, range).prepare(connection, NAME);
        ResultSet rows = Statements.query(NAME, statement)) {
      Map<Integer, Series> byId = byId(series);
      reader.read(byId, new ObservationCursor(rows, byId));
    }
  }

  /** An upper bound for the number of observations. */
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

  /** The query for the observations of some series. */
  static ObservationSql query(
      Dataset dataset, List<Series> series, Partitions partitions, Range range) {
    return query(id(dataset), dataset.frequency(), series, partitions, range);
  }

  private static ObservationSql query(
      int dataset, Frequency frequency, List<Series> series, Partitions partitions, Range range) {
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
    query.add(series.size() != 1 ? "select o.series_id, o.time, " : "select o.time, ");
    query.add("o.value, o.status").add(range.since() == null ? " from (" : ", o.action from (");
    if (ids.length == 1 && range.ends() == null) {
      addRows(query, range, "= ?", ids[0]);
    } else if (range.ends() == null) {
      addRows(query, range, "= any(?)", (Object) ids);
    } else if (range.since() == null) {
      SeriesEnds.add(query, frequency, range.ends(), left);
    } else {
      query.add("select n.* from unnest(?) as k(id) cross join lateral (", (Object) ids);
      query.add("select e.* from ").addChanges(range.since(), "= k.id");
      query.add(" e" + range.ends().orderAndLimit() + ") n", range.ends().count());
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
      query.addAsOf(series, values);
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

  /**
   * The end of the series, at which an open range ends too, so that no partition beyond it is read.
   */
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
