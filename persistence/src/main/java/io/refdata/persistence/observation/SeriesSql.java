package io.refdata.persistence.observation;

import static java.util.stream.Collectors.joining;

import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.dataset.SeriesSelection;
import io.refdata.persistence.dataset.SeriesSelection.Filter;
import io.refdata.persistence.observation.SeriesPages.Counted;
import io.refdata.persistence.partition.Partitions;
import io.refdata.persistence.sql.Snapshot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The one place where a selection of series becomes SQL, usually the first query of a snapshot. The
 * same query also reads the partitions in the snapshot. Every value is bound.
 */
final class SeriesSql {
  private static final String NAME = "SeriesSql.read";
  private static final String COUNTS = ", s.observations, s.earliest, s.latest";

  private final StringBuilder sql =
      new StringBuilder("select s.id, s.key, s.dimensions, s.first, s.last, ");
  private final List<Object> bound = new ArrayList<>();
  private final Dataset dataset;
  private final SeriesSelection selection;
  private boolean begun;

  /** The selected series and the partitions of a dataset in one snapshot. */
  record Selected(List<Series> series, Partitions partitions) {}

  /** The same, with the stored counts of the series. */
  record CountedSeries(List<Counted> series, Partitions partitions) {}

  private SeriesSql(Dataset dataset, SeriesSelection selection, String counts) {
    this.dataset = dataset;
    this.selection = selection;
    sql.append(unit(dataset, selection.references()))
        .append(counts)
        .append(" from curated.series s where s.dataset_id = ?");
    bound.add(Objects.requireNonNull(dataset.id()));
    if (!selection.keys().isEmpty()) {
      sql.append(" and (").append(keys(selection.keys())).append(')');
    }
    for (Filter filter : selection.filters()) {
      sql.append(" and ")
          .append(
              filter.on() != null
                  ? within(filter, filter.on().day(), selection.references())
                  : anyOf(filter.position(), filter.codes()));
    }
  }

  /**
   * All series of a selection, in the order of their creation.
   *
   * @param begun true if other queries of the snapshot went before
   * @param asOf the revision of the dataset that is read; null for the current state. What has
   *     parts is worked out unless it has a series of its own: one that came later is none
   * @param since a revision of the dataset: no series if no observation was written after it; null
   *     for the series in any case
   */
  static Selected all(
      Connection connection,
      boolean begun,
      Dataset dataset,
      SeriesSelection selection,
      @Nullable Integer asOf,
      @Nullable Integer since)
      throws SQLException {
    SeriesSql query = new SeriesSql(dataset, selection, "");
    query.begun = begun;
    if (asOf != null) {
      query.sql.append(" and s.rev <= ?");
      query.bound.add(asOf);
    }
    if (since != null) {
      query.sql.append(
          " and exists (select from curated.partition p where p.dataset_id = ? and p.rev > ?)");
      query.bound.add(Objects.requireNonNull(dataset.id()));
      query.bound.add(since);
    }
    query.sql.append(" order by s.id");
    return query.read(connection);
  }

  /**
   * The series of a key, if it exists.
   *
   * @param asOf the revision of the dataset up to which it was created; null for any
   */
  static Selected ofKey(Connection connection, Dataset dataset, String key, @Nullable Integer asOf)
      throws SQLException {
    SeriesSql query = new SeriesSql(dataset, new SeriesSelection(List.of(), List.of(), null), "");
    query.sql.append(" and s.key = ?");
    query.bound.add(key);
    if (asOf != null) {
      query.sql.append(" and s.rev <= ?");
      query.bound.add(asOf);
    }
    return query.read(connection);
  }

  /**
   * At most {@code limit} series of a selection, in the order of keys, after the given key; only
   * those that were created up to a revision.
   *
   * @param begun true if other queries of the snapshot went before
   */
  static CountedSeries page(
      Connection connection,
      boolean begun,
      Dataset dataset,
      SeriesSelection selection,
      @Nullable Integer asOf,
      @Nullable String after,
      int limit)
      throws SQLException {
    SeriesSql query = new SeriesSql(dataset, selection, COUNTS);
    query.begun = begun;
    if (asOf != null) {
      query.sql.append(" and s.rev <= ?");
      query.bound.add(asOf);
    }
    if (after != null) {
      query.sql.append(" and s.key > ?");
      query.bound.add(after);
    }
    query.sql.append(" order by s.key limit ").append(limit);
    return query.readCounted(connection);
  }

  private Selected read(Connection connection) throws SQLException {
    List<Series> series = new ArrayList<>();
    Partitions partitions = read(connection, row -> series.add(series(row)));
    return new Selected(series, partitions);
  }

  private CountedSeries readCounted(Connection connection) throws SQLException {
    List<Counted> series = new ArrayList<>();
    Partitions partitions =
        read(
            connection,
            row ->
                series.add(
                    new Counted(series(row), row.getLong(7), instant(row, 8), instant(row, 9))));
    return new CountedSeries(series, partitions);
  }

  private interface RowHandler {
    void handle(ResultSet row) throws SQLException;
  }

  private Partitions read(Connection connection, RowHandler handler) throws SQLException {
    String both = sql + ";\n" + Partitions.QUERY;
    try (PreparedStatement statement =
        begun ? Snapshot.later(connection, NAME, both) : Snapshot.first(connection, NAME, both)) {
      for (int i = 0; i < bound.size(); i++) {
        statement.setObject(i + 1, bound.get(i));
      }
      statement.setInt(bound.size() + 1, Objects.requireNonNull(dataset.id()));
      try (ResultSet rows =
          begun ? Snapshot.queryLater(NAME, statement) : Snapshot.query(NAME, statement)) {
        while (rows.next()) {
          handler.handle(rows);
        }
      }
      return partitions(statement);
    }
  }

  /**
   * @throws NoSuchItem if the dataset was deleted before the snapshot
   */
  private Partitions partitions(PreparedStatement statement) throws SQLException {
    statement.getMoreResults();
    try (ResultSet rows = statement.getResultSet()) {
      return Partitions.read(rows)
          .orElseThrow(() -> new NoSuchItem("datasets", dataset.code().value()));
    }
  }

  private static Series series(ResultSet rows) throws SQLException {
    return new Series(
        rows.getInt(1),
        rows.getString(2),
        Arrays.asList((String[]) rows.getArray(3).getArray()),
        rows.getString(6),
        instant(rows, 4),
        instant(rows, 5));
  }

  private static @Nullable Instant instant(ResultSet rows, int column) throws SQLException {
    OffsetDateTime time = rows.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  /** Complete keys are looked up directly, patterns by their dimensions. */
  private String keys(List<List<List<Code>>> patterns) {
    List<String> complete = new ArrayList<>();
    List<String> conditions = new ArrayList<>();
    for (List<List<Code>> pattern : patterns) {
      if (selection.parts() == null && pattern.stream().allMatch(codes -> codes.size() == 1)) {
        complete.add(pattern.stream().map(codes -> codes.get(0).value()).collect(joining(".")));
      } else {
        conditions.add(matches(pattern));
      }
    }
    if (!complete.isEmpty()) {
      bound.add(complete.toArray(String[]::new));
      conditions.add("s.key = any(?)");
    }
    return String.join(" or ", conditions);
  }

  private String matches(List<List<Code>> key) {
    List<String> parts = new ArrayList<>(List.of("true"));
    for (int position = 0; position < key.size(); position++) {
      if (!key.get(position).isEmpty()) {
        parts.add(anyOf(position, key.get(position)));
      }
    }
    return "(" + String.join(" and ", parts) + ")";
  }

  private String anyOf(int position, List<Code> codes) {
    String[] values = codes.stream().map(Code::value).toArray(String[]::new);
    if (selection.parts() != null && selection.parts() == position) {
      String overlap = RegionParts.array(values, selection.references(), bound);
      String any = RegionParts.array(values, selection.references(), bound);
      return "s.dimensions && %s and s.dimensions[%d] = any(%s)"
          .formatted(overlap, position + 1, any);
    }
    bound.add(values);
    bound.add(values);
    // The index finds codes in an array, but not at a position.
    return "s.dimensions && ?::text[] and s.dimensions[" + (position + 1) + "] = any(?)";
  }

  private String within(Filter filter, LocalDate on, @Nullable Integer revision) {
    String regions = table("ref.region", revision);
    String memberships = table("ref.membership", revision);
    bound.add(on);
    bound.add(on);
    bound.add(filter.codes().stream().map(Code::value).toArray(String[]::new));
    return """
    s.dimensions[%d] in (
      with recursive region as materialized (select r.id, r.code, r.parent_id from %s r),
      below as materialized (
        select r.parent_id as above, r.id, r.code from region r
        union all
        select m.group_id, r.id, r.code
          from %s m
          join region r on r.id = m.member_id
         where coalesce(m.valid_from <= ?, true) and coalesce(m.valid_to >= ?, true)),
      inside as (
        select r.id, r.code from region r where r.code = any(?)
        union
        select b.id, b.code from below b join inside on b.above = inside.id)
      select code from inside)\
    """
        .formatted(filter.position() + 1, regions, memberships);
  }

  /** A table of reference data, now or at a revision. */
  private String table(String name, @Nullable Integer revision) {
    if (revision == null) {
      return name;
    }
    bound.add(revision);
    return "(select a.* from "
        + name
        + "_aud a where int4range(a.rev, a.revend) @> cast(? as integer) and a.revtype <> 2)";
  }

  /**
   * SQL for the unit: that of the indicator, if a dimension is an indicator and it has one; else
   * that of the dataset.
   */
  private String unit(Dataset dataset, @Nullable Integer revision) {
    List<Dimension> dimensions = dataset.dimensions();
    for (int position = 0; position < dimensions.size(); position++) {
      if (dimensions.get(position).values().equals("indicators")) {
        return "coalesce(%s, %s)"
            .formatted(
                unit("ref.indicator", "code = s.dimensions[" + (position + 1) + "]", revision),
                unit("curated.dataset", "id = s.dataset_id", revision));
      }
    }
    return unit("curated.dataset", "id = s.dataset_id", revision);
  }

  /** SQL for the unit in a row of a table, now or at a revision. */
  private String unit(String table, String condition, @Nullable Integer revision) {
    if (revision == null) {
      return "(select u.code from %s i join ref.unit u on u.id = i.unit_id where i.%s)"
          .formatted(table, condition);
    }
    bound.add(revision);
    bound.add(revision);
    // A unit never changes its code: any of its states has it.
    return """
    (select (select u.code from ref.unit_aud u where u.id = i.unit_id limit 1)
       from %s_aud i
      where i.%s and i.revtype <> 2 and i.rev <= ? and (i.revend is null or i.revend > ?))\
    """
        .formatted(table, condition);
  }
}
