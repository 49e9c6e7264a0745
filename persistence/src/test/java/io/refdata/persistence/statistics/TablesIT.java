package io.refdata.persistence.statistics;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The sizes of tables, what of them is bloat, and how they grow. */
@SuppressWarnings("NullAway.Init")
class TablesIT {
  private static StatisticsDatabase database;
  private static Tables tables;

  @BeforeAll
  static void start() throws Exception {
    database = new StatisticsDatabase();
    tables = new Tables(database.jdbi);
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  private static void execute(String... commands) throws Exception {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (String command : commands) {
        statement.execute(command);
      }
    }
  }

  private static TableStatistics table(String name) {
    return tables.list(false).stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aBloatedTableIsSeenAndIsGoneWhenItIsRewritten() throws Exception {
    execute(
        "create table public.bloated (id integer, text text) with (autovacuum_enabled = off)",
        "insert into public.bloated select i, repeat('x', 100) from generate_series(1, 50000) i",
        "analyze public.bloated");
    TableStatistics full = table("bloated");
    assertThat(full.rows()).isEqualTo(50_000);
    assertThat(full.bloatBytes()).isLessThan(full.tableBytes() / 20);
    execute("delete from public.bloated where id % 10 <> 0", "vacuum analyze public.bloated");
    TableStatistics bloated = table("bloated");
    assertThat(bloated.rows()).isEqualTo(5_000);
    assertThat(bloated.bloatBytes()).isBetween(bloated.tableBytes() * 8 / 10, bloated.tableBytes());
    assertThat(bloated.lastVacuum()).isNotNull();
    assertThat(bloated.lastAnalyze()).isNotNull();
    execute("vacuum full analyze public.bloated");
    assertThat(table("bloated").bloatBytes()).isLessThan(table("bloated").tableBytes() / 10);
  }

  @Test
  void theScansOfATableAreCounted() throws Exception {
    execute(
        "create table public.scanned (id integer primary key)",
        "insert into public.scanned select generate_series(1, 1000)",
        "analyze public.scanned",
        "select count(*) from public.scanned",
        "set enable_seqscan = off",
        "select from public.scanned where id = 7",
        "select pg_stat_force_next_flush()");
    TableStatistics scanned = table("scanned");
    assertThat(scanned.sequentialScans()).isPositive();
    assertThat(scanned.indexScans()).isPositive();
    assertThat(scanned.indexScanShare()).isBetween(0.01, 0.99);
    assertThat(scanned.indexBytes()).isPositive();
    long scans = scans();
    assertThat(scans).isPositive();
    // The rebuilt index has another id, and the counters of the old one.
    execute(
        "select performance_monitoring.sample_indexes()",
        "reindex index concurrently public.scanned_pkey",
        "select pg_stat_force_next_flush()",
        "select performance_monitoring.sample_indexes()");
    assertThat(scans()).isEqualTo(scans);
  }

  /** No index of pg_constraint finds those of an index: for each one all would be read. */
  @Test
  void constraintsAreReadOnceForAllIndexes() {
    String plan =
        database.jdbi.<String, RuntimeException>withHandle(
            handle ->
                handle
                    .createQuery(
                        "explain verbose select * from performance_monitoring.physical_index")
                    .mapTo(String.class)
                    .collect(Collectors.joining("\n")));
    assertThat(plan).contains("pg_constraint", "hashed SubPlan").doesNotContain("EXISTS(SubPlan");
  }

  private static long scans() {
    return database.jdbi.<Long, RuntimeException>withHandle(
        handle ->
            handle
                .createQuery(
                    "select scans from performance_monitoring.index_usage where table_name ="
                        + " 'public.scanned'")
                .mapTo(Long.class)
                .one());
  }

  @Test
  void thePartitionsOfADatasetAreOneTable() throws Exception {
    execute(
        """
        insert into curated.dataset (id, code, name, frequency, dimension_codes, dimension_values, interval)
        overriding system value values (77, 'SIZES', 'Sizes', 'D', '{a}', '{indicators}', 'YEAR')
        """,
        "select curated.attach_dataset(77)",
        "select curated.attach_partition(77, make_timestamptz(y, 1, 1, 0, 0, 0, 'UTC')) from"
            + " generate_series(2001, 2003) y");
    TableStatistics values = table("observation_77");
    assertThat(values.partitions()).isEqualTo(3);
    assertThat(values.dataset()).isEqualTo("SIZES");
    List<TableStatistics> leaves =
        tables.list(true).stream().filter(one -> one.name().startsWith("observation_77_")).toList();
    assertThat(leaves).hasSize(3).allMatch(one -> "SIZES".equals(one.dataset()));
    assertThat(leaves.stream().mapToLong(TableStatistics::indexBytes).sum())
        .isEqualTo(values.indexBytes());
  }

  @Test
  void growthIsThatSinceTheOldestSample() throws Exception {
    execute("create table public.growing as select generate_series(1, 100000) as id");
    assertThat(table("growing").growthPerDay()).isNull();
    execute(
        """
        insert into performance_monitoring.size_sample (at, bytes, subject)
        values (now() - interval '2 days', 0, 'public.growing'), (now() - interval '2 days', 0, 'database')
        """);
    new SizeSamples(database.jdbi).run(step -> {});
    TableStatistics growing = table("growing");
    assertThat(growing.growthPerDay())
        .isBetween(growing.tableBytes() / 2 - 1000, growing.tableBytes() / 2 + 1000);
    Tables.Size size = tables.size();
    assertThat(size.growthPerDay()).isBetween(size.bytes() / 2 - 1000, size.bytes() / 2 + 1000);
    assertThat(size.diskFree()).isPositive();
    assertThat(size.daysUntilFull())
        .isEqualTo((double) requireNonNull(size.diskFree()) / requireNonNull(size.growthPerDay()));
    assertThat(Tables.Size.of(10, 0L, 5L).daysUntilFull()).isNull();
    assertThat(Tables.Size.of(10, 5L, null).daysUntilFull()).isNull();
  }

  @Test
  void whatWasDoneIsSummedByTask() throws Exception {
    execute(
        """
        insert into performance_monitoring.optimization_log (seconds, task, subject, outcome)
        values (1, 'TESTED', 'a', 'DONE'), (2, 'TESTED', 'b', 'FAILED')
        """);
    assertThat(
            database.jdbi.<String, RuntimeException>withHandle(
                handle ->
                    handle
                        .createQuery(
                            """
                            select concat_ws(' ', done, postponed, failed, seconds)
                              from performance_monitoring.optimization_summary where task = 'TESTED'
                            """)
                        .mapTo(String.class)
                        .one()))
        .isEqualTo("1 0 1 3");
  }
}
