package io.refdata.persistence.observation;

import static java.util.stream.Collectors.joining;

import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.partition.LeafTables;
import io.refdata.persistence.partition.Partition;
import io.refdata.persistence.partition.Partitions;
import io.refdata.persistence.sql.StatementName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/** The one place where a request for observations becomes SQL. Every value is bound. */
final class ObservationSql {
  private static final int ROWS_AT_A_TIME = 2_000;

  /** A part of time, from an instant on and before another. */
  record Span(Instant from, Instant before) {}

  private final StringBuilder sql = new StringBuilder();
  private final List<Object> bound = new ArrayList<>();
  private final int dataset;
  private final @Nullable Integer revision;
  private final Instant from;
  private final Instant before;
  private final List<Partition> partitions;

  /**
   * @param revision the revision as of which to read; null for the current state
   * @param from the first instant
   * @param before the instant after the last
   * @param partitions the dataset's partitions in the snapshot
   */
  ObservationSql(
      int dataset,
      @Nullable Integer revision,
      Instant from,
      Instant before,
      Partitions partitions) {
    this.dataset = dataset;
    this.revision = revision;
    this.from = from;
    this.before = before;
    this.partitions = partitions.over(from, before);
  }

  static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  ObservationSql add(String text, Object... values) {
    sql.append(text);
    bound.addAll(List.of(values));
    return this;
  }

  /**
   * Adds the rows {@code (series_id, time, value, status, rev)} as of the revision.
   *
   * @param series the condition on {@code o.series_id}
   */
  ObservationSql addAsOf(String series, Object... values) {
    return addAsOf(partitions, series, values);
  }

  /** Adds no rows. */
  void addNothing() {
    addRows(LeafTables.values(List.of()), "= 0");
  }

  /** The part of the range in which a series has observations; empty if it has none. */
  Optional<Span> span(Series series) {
    if (series.first() == null || series.last() == null) {
      return Optional.empty();
    }
    Instant end = series.last().plusNanos(1_000);
    return Optional.of(
        new Span(
            from.isAfter(series.first()) ? from : series.first(),
            before.isBefore(end) ? before : end));
  }

  /** The partitions of a part of the range. */
  List<Partition> partitions(Span span) {
    return partitions.stream()
        .filter(partition -> partition.overlaps(span.from(), span.before()))
        .toList();
  }

  /** Adds those rows of some of the partitions. */
  ObservationSql addAsOf(List<Partition> some, String series, Object... values) {
    addRows(LeafTables.values(some), series, values);
    if (revision == null) {
      return this;
    }
    int at = revision;
    // Where nothing was written since, no value is newer: there is no need to look at each.
    if (some.stream().anyMatch(partition -> partition.isWrittenAfter(at))) {
      add(" and o.rev <= ?", at);
    }
    List<Partition> superseded = supersededAfter(at, some);
    if (!superseded.isEmpty()) {
      add(" union all ").addVintages(superseded, at, series, values);
    }
    return this;
  }

  private static List<Partition> supersededAfter(int at, List<Partition> some) {
    return some.stream().filter(partition -> partition.isSupersededAfter(at)).toList();
  }

  /** Adds the vintages that were current at a revision. */
  private ObservationSql addVintages(
      List<Partition> some, int at, String series, Object... values) {
    addRows(LeafTables.vintages(some), series, values);
    return add(" and o.rev <= ? and o.superseded_by > ?", at, at);
  }

  private void addRows(String tables, String series, Object... values) {
    add(
        " select o.series_id, o.time, o.value, o.status, o.rev from "
            + tables
            + " o where o.dataset_id = ?",
        dataset);
    add(" and o.series_id " + series, values);
    add(" and o.time >= ? and o.time < ?", utc(from), utc(before));
  }

  /**
   * Adds the first or last rows of a series, by time. The partitions are read from that end on,
   * first one, then two, four and so on, and only until there are enough rows.
   */
  ObservationSql addEnds(Observations.Ends ends, String series, Object... values) {
    String order = ends.orderAndLimit();
    List<List<Partition>> groups = groups(ends.latest());
    List<String> found = new ArrayList<>();
    add("with ");
    for (List<Partition> group : groups) {
      String name = "e" + found.size();
      add(name + " as materialized (select e.* from (").addAsOf(group, series, values).add(") e");
      if (!found.isEmpty()) {
        add(
            " where "
                + found.stream()
                    .map(earlier -> "(select count(*) from " + earlier + ")")
                    .collect(joining(" + "))
                + " < ?",
            ends.count());
      }
      add(order, ends.count());
      found.add(name);
      add(found.size() < groups.size() ? "), " : ") ");
    }
    add("select e.* from (");
    add(found.stream().map(name -> "select * from " + name).collect(joining(" union all ")));
    return add(") e").add(order, ends.count());
  }

  /** The partitions in groups of one, two, four and so on, from one end; at least one group. */
  private List<List<Partition>> groups(boolean latest) {
    List<Partition> ordered = new ArrayList<>(partitions);
    if (latest) {
      Collections.reverse(ordered);
    }
    List<List<Partition>> groups = new ArrayList<>();
    int begin = 0;
    do {
      int end = Math.min(ordered.size(), begin + (1 << groups.size()));
      groups.add(ordered.subList(begin, end));
      begin = end;
    } while (begin < ordered.size());
    return groups;
  }

  /**
   * Adds the rows {@code (series_id, time, value, status, action)} that differ from an earlier
   * revision: inserted, revised or deleted. A value that is newer than the earlier revision
   * replaces the one that was current then, if there is one. Partitions that were not written since
   * are not read.
   */
  ObservationSql addChanges(int since, String series, Object... values) {
    List<Partition> written =
        partitions.stream().filter(partition -> partition.isWrittenAfter(since)).toList();
    add("(select coalesce(n.series_id, b.series_id) as series_id,");
    add(" coalesce(n.time, b.time) as time, n.value, coalesce(n.status, b.status) as status,");
    add(" case when b.time is null then 'I' when n.time is null then 'D' else 'R' end as action");
    add(" from (select c.* from (").addAsOf(written, series, values);
    add(") c where c.rev > ?) n full join (", since);
    addVintages(supersededAfter(since, written), since, series, values);
    if (revision != null) {
      add(" and o.superseded_by <= ?", revision);
    }
    return add(") b on b.series_id = n.series_id and b.time = n.time)");
  }

  /** The text and the values of its placeholders, in their order. */
  @Override
  public String toString() {
    return sql
        + " "
        + bound.stream()
            .map(value -> value instanceof Object[] values ? List.of(values) : value)
            .toList();
  }

  /** The prepared statement, which fetches a few thousand rows at a time. */
  PreparedStatement prepare(Connection connection, String name) throws SQLException {
    return prepare(connection, name, "");
  }

  /**
   * The prepared statement with a text before it.
   *
   * @param name the name of the statement
   * @param before the text before it, like {@code explain}
   */
  PreparedStatement prepare(Connection connection, String name, String before) throws SQLException {
    PreparedStatement statement =
        connection.prepareStatement(StatementName.tag(before + sql, name));
    statement.setFetchSize(ROWS_AT_A_TIME);
    // Below 0: binary transfer from the first execution on, which is faster for numbers and
    // instants.
    statement.unwrap(PGStatement.class).setPrepareThreshold(-1);
    for (int i = 0; i < bound.size(); i++) {
      Object value = bound.get(i);
      if (value instanceof Integer[] numbers) {
        statement.setArray(i + 1, connection.createArrayOf("int4", numbers));
      } else {
        statement.setObject(i + 1, value);
      }
    }
    return statement;
  }
}
