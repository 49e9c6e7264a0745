package io.refdata.persistence.partition.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.db.MigratedDatabase;
import io.refdata.persistence.Database;
import io.refdata.persistence.freshness.Versions;
import io.refdata.persistence.partition.PartitionTables;
import io.refdata.persistence.partition.Partitions;
import io.refdata.persistence.upkeep.OptimizationLog;
import io.refdata.persistence.upkeep.Outcome;
import io.refdata.persistence.upkeep.Step;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A database of its own for each test, with a dataset of a few years. */
@SuppressWarnings("NullAway.Init")
abstract class KeptYears {
  static final int YEARS = 6;

  /**
   * One observation a day in this year and the years before, of two series; the first ended early.
   */
  private static final String FILL =
      """
      insert into curated.dataset (id, code, name, frequency, dimension_codes, dimension_values, interval, premake)
      overriding system value values (7, 'KEPT', 'Kept', 'D', '{a}', '{indicators}', 'YEAR', 2);
      select curated.attach_dataset(7);
      select curated.attach_partition(7, make_timestamptz(y, 1, 1, 0, 0, 0, 'UTC')) from generate_series(%1$d, %2$d) y;
      insert into ref.revision (rev, topic, by) overriding system value values (1000001, 7, 'test');
      select setval('ref.revision_rev_seq', 1000001);
      insert into curated.observation_7 (time, value, dataset_id, series_id, rev)
      select t at time zone 'UTC', 1, 7, s, 1000001
        from generate_series(1, 2) s,
             generate_series(timestamp '%1$d-01-01',
                             case s when 1 then timestamp '%1$d-12-31' else timestamp '%2$d-01-01' end, '1 day') t;
      insert into curated.series (id, dataset_id, rev, key, dimensions, first, last)
      overriding system value
      select s, 7, 1000001, 'S' || s, array['S' || s], '%1$d-01-01Z',
             case s when 1 then timestamptz '%1$d-12-31Z' else timestamptz '%2$d-01-01Z' end
        from generate_series(1, 2) s;
      select curated.count_observations(7);
      """;

  MigratedDatabase database;
  Jdbi jdbi;
  PartitionUpkeep upkeep;

  @BeforeEach
  void fill() {
    database = MigratedDatabase.create();
    jdbi = Database.of(database.dataSource());
    int year = LocalDate.now(ZoneOffset.UTC).getYear();
    jdbi.useHandle(handle -> handle.execute(FILL.formatted(year - YEARS + 1, year)));
    OptimizationLog log = new OptimizationLog(jdbi);
    upkeep =
        new PartitionUpkeep(
            jdbi,
            log,
            new NextPartitions(jdbi, log),
            new Retirement(jdbi, new Versions()),
            new SeriesLeftBehind(jdbi, new Versions()),
            new RetiredTables(jdbi));
  }

  @AfterEach
  void drop() {
    database.close();
  }

  void assertEnded() {
    assertThat(number("select count(*) from pg_inherits where inhdetachpending")).isZero();
    assertThat(number("select count(*) from curated.retired_partition where gone_at is null"))
        .isZero();
    assertThat(
            number(
                """
                select count(*) from pg_class c
                 where relnamespace = 'curated'::regnamespace and relkind = 'r' and relname ~ '^observation'
                   and not exists (select from curated.partition where leaf = relname)
                """))
        .isZero();
  }

  void retain(@Nullable String retention, String onExpiry) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update curated.dataset set retention = ?, on_expiry = ? where id = 7",
                retention,
                onExpiry));
  }

  List<String> run() {
    List<String> steps = new ArrayList<>();
    upkeep.run(step -> steps.add(told(step)));
    return steps;
  }

  static String told(Step step) {
    assertThat(step.outcome() == Outcome.DONE || step.detail() != null).isTrue();
    return step.subject().startsWith("observation")
        ? step.task() + " " + step.outcome()
        : step.task() + " " + step.subject() + " " + step.outcome();
  }

  Partitions partitions() {
    return jdbi.withHandle(handle -> new PartitionTables(handle, 7).find());
  }

  long number(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }
}
