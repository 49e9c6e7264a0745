package io.refdata.persistence.monitoring;

import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.dataset.FreshnessBounds;
import io.refdata.domain.dataset.FreshnessState;
import io.refdata.domain.load.Load;
import io.refdata.persistence.monitoring.DatasetAge.LastLoad;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The freshness of the datasets. Each call is one statement. */
@Dependent
public class Freshness {
  /**
   * The latest period is only looked for among all series if observations were written since the
   * last sample.
   */
  private static final String SELECT =
      """
      select d.id, d.code, d.frequency, d.warn_after, d.fail_after, clock_timestamp() as at, w.rev,
             case when s.rev = w.rev then s.latest
                  else (select max(e.latest) from curated.series e where e.dataset_id = d.id) end as latest,
             greatest(c.finished_at, r.at) as updated,
             (select v.at from curated.dataset_aud a join ref.revision v on v.rev = a.rev
               where a.id = d.id order by a.rev limit 1) as defined,
             l.id as load, l.state, l.received_at, l.finished_at,
             (select v.at from ref.revision v where v.rev = l.rev) as recorded_at,
             l.published_at
        from (select * from curated.dataset
               where code = coalesce(:dataset, code) and code > :after
               order by code limit :limit) d
       cross join lateral (
             select coalesce(max(p.rev), 0) as rev from curated.partition p
              where p.dataset_id = d.id and p.kind = 'VALUE') w
        left join ref.revision r on r.rev = w.rev
        left join lateral (
             select s.rev, s.latest from performance_monitoring.dataset_sample s
              where s.dataset_id = d.id order by s.began_at desc limit 1) s on true
        left join lateral (
             select l.* from raw.load l
              where l.target = 'datasets/' || d.code and l.state in ('COMPLETED', 'FAILED', 'STOPPED') and not l.dry_run
              order by l.id desc limit 1) l on true
        left join lateral (
             select l.finished_at from raw.load l
              where l.target = 'datasets/' || d.code and l.state = 'COMPLETED' and not l.dry_run
              order by l.id desc limit 1) c on true
       order by d.code
      """;

  private final Jdbi jdbi;

  @Inject
  public Freshness(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** All datasets, by their codes. */
  public List<DatasetAge> all() {
    return list(null, null, "", null);
  }

  /** The first ones, in a session of the caller's. */
  static List<DatasetAge> first(Handle handle, int limit) {
    return list(handle, null, null, "", limit);
  }

  /** All datasets, in a session of the caller's. */
  public static List<DatasetAge> all(Handle handle) {
    return list(handle, null, null, "", null);
  }

  /**
   * Datasets by their codes.
   *
   * @param dataset the code of the only one; null for all
   * @param state their state; null for any
   * @param after the code after which to begin
   * @param limit the most of them; null for all
   */
  public List<DatasetAge> list(
      @Nullable String dataset,
      @Nullable FreshnessState state,
      String after,
      @Nullable Integer limit) {
    return jdbi.withHandle(handle -> list(handle, dataset, state, after, limit));
  }

  private static List<DatasetAge> list(
      Handle handle,
      @Nullable String dataset,
      @Nullable FreshnessState state,
      String after,
      @Nullable Integer limit) {
    return handle
        .createQuery(SELECT)
        .bind("dataset", dataset)
        .bind("after", after)
        // A state follows from bounds that are ISO 8601 texts: it is told here.
        .bind("limit", state == null ? limit : null)
        .map((row, context) -> read(row))
        .stream()
        .filter(age -> state == null || age.state() == state)
        .limit(limit == null ? Long.MAX_VALUE : limit)
        .toList();
  }

  private static DatasetAge read(ResultSet row) throws SQLException {
    Frequency frequency = Frequency.valueOf(row.getString("frequency"));
    return new DatasetAge(
        row.getInt("id"),
        row.getString("code"),
        frequency,
        FreshnessBounds.of(
            new io.refdata.domain.dataset.Freshness(
                row.getString("warn_after"), row.getString("fail_after")),
            frequency),
        required(row, "at"),
        row.getInt("rev"),
        instant(row, "latest"),
        instant(row, "updated"),
        instant(row, "defined"),
        row.getString("load") == null ? null : load(row));
  }

  private static LastLoad load(ResultSet row) throws SQLException {
    return new LastLoad(
        row.getLong("load"),
        Load.State.valueOf(row.getString("state")),
        required(row, "received_at"),
        required(row, "finished_at"),
        instant(row, "recorded_at"),
        instant(row, "published_at"));
  }

  private static Instant required(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime instant = row.getObject(column, OffsetDateTime.class);
    return instant == null ? null : instant.toInstant();
  }
}
