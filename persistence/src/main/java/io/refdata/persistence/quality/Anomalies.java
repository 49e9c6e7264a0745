package io.refdata.persistence.quality;

import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.quality.OddValue;
import io.refdata.persistence.partition.LeafTables;
import io.refdata.persistence.partition.PartitionTables;
import io.refdata.persistence.quality.Anomaly.Mark;
import io.refdata.persistence.quality.Anomaly.State;
import io.refdata.persistence.sql.SqlText;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * The anomalies, in {@code performance_monitoring.anomaly}. One is there as long as its value is
 * the current one of its period; so a mark ends with the value that it is about.
 */
@Dependent
public class Anomalies {
  private static final String SELECT =
      """
      select a.*, d.code, d.frequency, s.key
        from performance_monitoring.anomaly a
        join curated.dataset d on d.id = a.dataset_id
        join curated.series s on s.id = a.series_id
      """;

  private final Jdbi jdbi;

  @Inject
  public Anomalies(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Anomalies, the newest first.
   *
   * @param dataset the code of their dataset; null for any
   * @param load the load that wrote them; null for any
   * @param state null for any
   * @param before the id before which to begin; null for the newest
   */
  public List<Anomaly> list(
      @Nullable String dataset,
      @Nullable Long load,
      @Nullable State state,
      @Nullable Long before,
      int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    SELECT
                        + """
                         where d.code = coalesce(:dataset, d.code) and a.load_id = coalesce(:load, a.load_id)
                           and a.state = coalesce(:state, a.state) and (cast(:before as bigint) is null or a.id < :before)
                         order by a.id desc
                         limit :limit
                        """)
                .bind("dataset", dataset)
                .bind("load", load)
                .bind("state", state == null ? null : state.name())
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> read(row))
                .list());
  }

  /** The anomaly of an id; empty if there is none, or if its value has changed. */
  public Optional<Anomaly> find(long id) {
    return jdbi.withHandle(handle -> find(handle, id));
  }

  private static Optional<Anomaly> find(Handle handle, long id) {
    return handle
        .createQuery(SELECT + " where a.id = :id")
        .bind("id", id)
        .map((row, context) -> read(row))
        .findOne();
  }

  /**
   * Marks an anomaly, or takes its mark away; the score of its load follows.
   *
   * @param by null with the reason: the mark is taken away
   * @return empty if there is no such anomaly
   */
  public Optional<Anomaly> mark(long id, @Nullable String by, @Nullable String reason) {
    return jdbi.inTransaction(
        handle -> {
          Optional<Long> load =
              handle
                  .createQuery(
                      """
                      update performance_monitoring.anomaly
                         set state = case when cast(:reason as text) is null then 'OPEN' else 'RIGHT' end,
                             marked_at = case when cast(:reason as text) is not null then clock_timestamp() end,
                             marked_by = :by, reason = :reason
                       where id = :id
                      returning load_id
                      """)
                  .bind("id", id)
                  .bind("by", by)
                  .bind("reason", reason)
                  .mapTo(Long.class)
                  .findOne();
          load.ifPresent(found -> LoadQualities.score(handle, found));
          return load.isEmpty() ? Optional.empty() : find(handle, id);
        });
  }

  private static Anomaly read(ResultSet row) throws SQLException {
    Instant marked = instant(row, "marked_at");
    return new Anomaly(
        row.getLong("id"),
        row.getString("code"),
        row.getString("key"),
        Frequency.valueOf(row.getString("frequency"))
            .format(row.getObject("time", OffsetDateTime.class).toInstant()),
        row.getDouble("value"),
        row.getDouble("expected"),
        row.getDouble("score"),
        State.valueOf(row.getString("state")),
        row.getLong("load_id"),
        row.getObject("found_at", OffsetDateTime.class).toInstant(),
        marked == null
            ? null
            : new Mark(row.getString("marked_by"), marked, row.getString("reason")));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime instant = row.getObject(column, OffsetDateTime.class);
    return instant == null ? null : instant.toInstant();
  }

  /** Writes those of a load. A value that was odd before stays as it is, with its mark. */
  static void write(Handle handle, PendingLoad load, List<OddValue> odd) {
    PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into performance_monitoring.anomaly as a
                   (time, value, expected, score, load_id, dataset_id, series_id, rev)
            values (:time, :value, :expected, :score, :load, :dataset, :series, :rev)
            on conflict (series_id, time) do update
               set id = default, value = excluded.value, expected = excluded.expected, score = excluded.score, found_at = excluded.found_at,
                   load_id = excluded.load_id, rev = excluded.rev, state = 'OPEN', marked_at = null, marked_by = null, reason = null
             where a.value <> excluded.value and a.rev < excluded.rev
            """);
    for (OddValue value : odd) {
      batch
          .bind("time", load.frequency().startOf(value.period()).atOffset(ZoneOffset.UTC))
          .bind("value", value.value())
          .bind("expected", value.expected())
          .bind("score", value.score())
          .bind("load", load.id())
          .bind("dataset", load.dataset())
          .bind("series", value.series())
          .bind("rev", load.rev())
          .add();
    }
    if (!odd.isEmpty()) {
      batch.execute();
    }
  }

  /** The datasets that were written to since their anomalies were compared with their values. */
  List<Integer> unchecked() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select a.dataset_id
                      from (select dataset_id, min(rev) as rev from performance_monitoring.anomaly group by dataset_id) a
                     where a.rev < (select max(p.rev) from curated.partition p
                                     where p.dataset_id = a.dataset_id and p.kind = 'VALUE')
                     order by a.dataset_id
                    """)
                .mapTo(Integer.class)
                .list());
  }

  /** Deletes the anomalies of a dataset whose values are no longer current. */
  String check(int dataset) {
    return jdbi.inTransaction(
        handle -> {
          int rev =
              handle
                  .createQuery(
                      "select coalesce(max(rev), 0) from curated.partition where dataset_id ="
                          + " :dataset and kind = 'VALUE'")
                  .bind("dataset", dataset)
                  .mapTo(Integer.class)
                  .one();
          String values = LeafTables.values(new PartitionTables(handle, dataset).find().all());
          int deleted =
              handle
                  .createUpdate(
                      SqlText.of(
                              """
                              delete from performance_monitoring.anomaly a
                               where a.dataset_id = :dataset
                                 and not exists (select from <values> o
                                                  where o.dataset_id = :dataset and o.series_id = a.series_id and o.time = a.time
                                                    and o.value = a.value)
                              """)
                          .with("values", values)
                          .text())
                  .bind("dataset", dataset)
                  .execute();
          handle
              .createUpdate(
                  "update performance_monitoring.anomaly set rev = greatest(rev, :rev) where"
                      + " dataset_id = :dataset")
              .bind("rev", rev)
              .bind("dataset", dataset)
              .execute();
          return "%,d values have changed".formatted(deleted);
        });
  }
}
