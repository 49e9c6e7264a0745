package io.refdata.persistence.dataset;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/** The one place where a question for observations becomes SQL. Every value is bound. */
final class ObservationSql {
  private static final int ROWS_AT_A_TIME = 2_000;

  private final StringBuilder sql = new StringBuilder();
  private final List<Object> bound = new ArrayList<>();
  private final int dataset;
  private final @Nullable Integer revision;
  private final OffsetDateTime from;
  private final OffsetDateTime before;

  /**
   * @param revision what was known then; null for what is known now
   * @param from not before
   * @param before only before
   */
  ObservationSql(int dataset, @Nullable Integer revision, Instant from, Instant before) {
    this.dataset = dataset;
    this.revision = revision;
    this.from = utc(from);
    this.before = utc(before);
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
   * Adds the rows {@code (series_id, time, value, status, rev)} known at the revision.
   *
   * @param series which series: a condition on {@code o.series_id}
   */
  ObservationSql addKnown(String series, Object... values) {
    addRows("curated.observation", series, values);
    if (revision == null) {
      // In the one snapshot of the whole answer, a load that is not in it has no revision either;
      // but its rows may be visible, if it took in a partition that was filled before.
      return add(
          """
           and o.rev <= (select r.rev from ref.revision r
                          where r.topic = ? and r.at is not null
                          order by r.at desc, r.rev desc limit 1)
          """,
          dataset);
    }
    add(" and o.rev <= ? union all ", revision);
    return addHeld(revision, series, values);
  }

  /** Adds the vintages that were known at a revision. */
  ObservationSql addHeld(int at, String series, Object... values) {
    addRows("curated.observation_vintage", series, values);
    return add(" and o.rev <= ? and o.superseded_by > ?", at, at);
  }

  private void addRows(String table, String series, Object... values) {
    add(
        " select o.series_id, o.time, o.value, o.status, o.rev from "
            + table
            + " o where o.dataset_id = ?",
        dataset);
    add(" and o.series_id " + series, values);
    add(" and o.time >= ? and o.time < ?", from, before);
  }

  /**
   * Adds the rows {@code (series_id, time, value, status, action)} that are not as they were at an
   * earlier revision: inserted, revised or deleted.
   */
  ObservationSql addChanges(int since, String series, Object... values) {
    add("(with known as (").addKnown(series, values);
    add("), held as (").addHeld(since, series, values);
    return add(
        """
        )
        select k.series_id, k.time, k.value, k.status, case when h.time is null then 'I' else 'R' end as action
          from known k
          left join held h on h.series_id = k.series_id and h.time = k.time
         where k.rev > ?
        union all
        select h.series_id, h.time, null, h.status, 'D'
          from held h
         where not exists (select from known k where k.series_id = h.series_id and k.time = h.time))
        """,
        since);
  }

  /** The statement, that sends its rows a few thousand at a time. */
  PreparedStatement prepare(Connection connection) throws SQLException {
    return prepare(connection, "");
  }

  /**
   * The same.
   *
   * @param before what comes before it, like {@code explain}
   */
  PreparedStatement prepare(Connection connection, String before) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(before + sql);
    statement.setFetchSize(ROWS_AT_A_TIME);
    // Below 0: binary transfer from the first execution on, which numbers and instants gain by.
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
