package io.refdata.persistence.monitoring;

import io.refdata.db.MigratedDatabase;
import io.refdata.persistence.Database;
import org.jdbi.v3.core.Jdbi;

/** A database with datasets, revisions and loads as the platform would have written them. */
public final class MonitoredData implements AutoCloseable {
  private final MigratedDatabase database = MigratedDatabase.create();
  private final Jdbi jdbi = Database.of(database.dataSource());

  public Jdbi jdbi() {
    return jdbi;
  }

  /** Runs statements. */
  public void execute(String sql) {
    jdbi.useHandle(handle -> handle.execute(sql));
  }

  /** A dataset without observations, with years as partitions. */
  public int dataset(String code, String frequency) {
    int id =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        insert into curated.dataset (code, name, frequency, dimension_codes, dimension_values, interval)
                        values (:code, :code, :frequency, '{a}', '{indicators}', 'DECADE')
                        returning id
                        """)
                    .bind("code", code)
                    .bind("frequency", frequency)
                    .mapTo(Integer.class)
                    .one());
    jdbi.useHandle(handle -> handle.execute("select curated.attach_dataset(?)", id));
    return id;
  }

  /** A load that has completed some time ago, with its revision; returns its number. */
  public long load(String dataset, String ago, String more) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    with payload as (
                      insert into raw.payload (bytes, sha256, media_type) values (1, '', 'text/csv') returning id),
                    load as (
                      insert into raw.load (payload_id, target, definition, mode, state, by, max_reject_ratio, max_delete_ratio,
                                            received_at, started_at, finished_at)
                      select id, 'datasets/' || :dataset, '{}', 'UPSERT', 'COMPLETED', 'test', 0.1, 0.5,
                             now() - cast(:ago as interval) - interval '10 seconds',
                             now() - cast(:ago as interval) - interval '9 seconds', now() - cast(:ago as interval)
                        from payload
                      returning id)
                    select id from load
                    """)
                .bind("dataset", dataset)
                .bind("ago", ago)
                .mapTo(Long.class)
                .map(
                    id -> {
                      revise(dataset, id);
                      if (!more.isEmpty()) {
                        execute("update raw.load set " + more + " where id = " + id);
                      }
                      return id;
                    })
                .one());
  }

  private void revise(String dataset, long load) {
    jdbi.useTransaction(
        handle -> {
          int revision =
              handle
                  .createQuery(
                      """
                      select ref.open_revision((select id from curated.dataset where code = :dataset), 'test', null, :load)
                      """)
                  .bind("dataset", dataset)
                  .bind("load", load)
                  .mapTo(Integer.class)
                  .one();
          handle.execute("update raw.load set rev = ? where id = ?", revision, load);
        });
  }

  /** The revision of a load. */
  public int revision(long load) {
    return (int) number("select rev from raw.load where id = " + load);
  }

  /**
   * Writes an observation as a revision did.
   *
   * @param value as SQL: a number, or null
   */
  public void observe(String dataset, String key, String time, String value, int revision) {
    jdbi.useTransaction(
        handle -> {
          int id =
              handle
                  .createQuery("select id from curated.dataset where code = :code")
                  .bind("code", dataset)
                  .mapTo(Integer.class)
                  .one();
          handle.execute("select curated.attach_partition(?, cast(? as timestamptz))", id, time);
          handle.execute(
              """
              insert into curated.series (dataset_id, rev, key, dimensions) values (?, ?, ?, array[?])
              on conflict do nothing
              """,
              id,
              revision,
              key,
              key);
          String series =
              "(select id from curated.series where dataset_id = %d and key = '%s')"
                  .formatted(id, key);
          handle.execute(
              """
              insert into curated.observation_vintage_%1$d (time, value, dataset_id, series_id, rev, superseded_by, status)
              select time, value, dataset_id, series_id, rev, %2$d, status from curated.observation_%1$d
               where series_id = %3$s and time = '%4$s'
              """
                  .formatted(id, revision, series, time));
          handle.execute(
              """
              insert into curated.observation_%1$d (time, value, dataset_id, series_id, rev) values ('%4$s', %5$s, %1$d, %3$s, %2$d)
              on conflict (dataset_id, series_id, time) do update set value = excluded.value, rev = excluded.rev
              """
                  .formatted(id, revision, series, time, value));
          handle.execute(
              "update curated.partition set rev = greatest(rev, ?) where dataset_id = ? and lower"
                  + " <= cast(? as timestamptz) and upper > cast(? as timestamptz)",
              revision,
              id,
              time,
              time);
          handle.execute("select curated.count_observations(?)", id);
        });
  }

  /** The only number of a query. */
  public long number(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }

  @Override
  public void close() {
    database.close();
  }
}
