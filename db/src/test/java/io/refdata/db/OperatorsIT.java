package io.refdata.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rights of an operator by SQL, in the role refdata_operator, and their limits. */
@SuppressWarnings("NullAway.Init")
class OperatorsIT {
  private static MigratedDatabase database;

  @BeforeAll
  static void migrate() throws SQLException {
    database = MigratedDatabase.create();
    owner(
        """
        insert into curated.dataset
               (id, code, name, frequency, dimension_codes, dimension_values, interval, premake, retention)
        overriding system value
        values (51, 'MONTHS', 'Months', 'D', '{a}', '{indicators}', 'MONTH', 2, 'P1Y'),
               (52, 'YEARS', 'Years', 'D', '{a}', '{indicators}', 'YEAR', 2, null)
        """);
    owner("select curated.attach_dataset(51), curated.attach_dataset(52)");
    owner(
        """
        insert into performance_monitoring.schedule (task, every, due_at)
        values ('PARTITIONS', '1 hour', now() + interval '1 hour'), ('VACUUM', '1 hour', now() + interval '1 hour')
        """);
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  private static void owner(String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The rows of a statement of an operator, their columns separated by spaces. */
  private static List<String> operator(String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("set role refdata_operator");
      List<String> rows = new ArrayList<>();
      if (statement.execute(sql)) {
        try (ResultSet row = statement.getResultSet()) {
          while (row.next()) {
            rows.add(line(row));
          }
        }
      }
      return rows;
    }
  }

  private static String line(ResultSet row) throws SQLException {
    List<String> columns = new ArrayList<>();
    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
      columns.add(row.getString(i));
    }
    return String.join(" ", columns);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "schedule",
        "optimization_log",
        "optimization_summary",
        "slow_queries",
        "index_usage",
        "table_statistics",
        "table_upkeep",
        "statement_statistics('1 day')",
        "get_slow_queries('1 day')",
        "latencies('1 day')"
      })
  void figuresAreRead(String figures) throws SQLException {
    assertThat(operator("select count(*) from performance_monitoring." + figures)).hasSize(1);
  }

  @Test
  void everythingForOperatorsSaysWhatItIs() throws SQLException {
    assertThat(
            operator(
                """
                select p.proname from pg_proc p
                 where p.pronamespace = 'performance_monitoring'::regnamespace
                   and p.proname in ('schedule_maintenance', 'create_partitions', 'create_monthly_partitions',
                                     'drop_old_partitions', 'benchmark_query_detailed', 'get_slow_queries', 'grant_to_operators')
                   and obj_description(p.oid) is not null
                """))
        .hasSize(7);
    assertThat(
            operator(
                """
                select relname from pg_class
                 where relnamespace = 'performance_monitoring'::regnamespace and relkind in ('v', 'r')
                   and obj_description(oid) is null
                """))
        .isEmpty();
  }

  @Test
  void aTaskIsScheduled() throws SQLException {
    operator("select performance_monitoring.schedule_maintenance('VACUUM')");
    assertThat(due("VACUUM")).isEqualTo("t");
    operator("select performance_monitoring.schedule_maintenance('VACUUM', '6 hours')");
    assertThat(due("VACUUM")).isEqualTo("f");
    assertThat(operator("select every from performance_monitoring.schedule where task = 'VACUUM'"))
        .containsExactly("06:00:00");
    assertThatThrownBy(
            () -> operator("select performance_monitoring.schedule_maintenance('VACUM')"))
        .hasMessageContaining("There is no task VACUM; there are: PARTITIONS, VACUUM");
    for (String every : List.of("1 second", "-1 day", "infinity", "-infinity", "367 days")) {
      assertThatThrownBy(
              () ->
                  operator(
                      "select performance_monitoring.schedule_maintenance('VACUUM', '%s')"
                          .formatted(every)))
          .hasMessageContaining("at most once a minute");
    }
  }

  @Test
  void slowQueriesAreAskedOfATimeThatHasPassed() throws SQLException {
    assertThat(operator("select * from performance_monitoring.get_slow_queries('1 hour')"))
        .isEmpty();
    for (String within : List.of("null", "'-1 hour'", "'infinity'", "'0'")) {
      assertThatThrownBy(
              () ->
                  operator("select * from performance_monitoring.get_slow_queries(" + within + ")"))
          .hasMessageContaining("within must be");
    }
  }

  private static String due(String task) throws SQLException {
    return operator(
            "select due_at <= clock_timestamp() from performance_monitoring.schedule where task = '%s'"
                .formatted(task))
        .get(0);
  }

  @Test
  void partitionsAreCreatedAsLoadsCreateThem() throws SQLException {
    assertThat(operator("select * from performance_monitoring.create_partitions('YEARS', 3)"))
        .hasSize(3)
        .allMatch(row -> row.startsWith("observation_52_"));
    assertThat(operator("select * from performance_monitoring.create_partitions('YEARS')"))
        .isEmpty();
    assertThat(
            operator(
                """
                select count(*), count(distinct i.inhrelid)
                  from curated.partition p
                  left join pg_inherits i on i.inhrelid = ('curated.' || p.leaf)::regclass
                 where p.dataset_id = 52
                """))
        .containsExactly("6 6");
    assertThat(
            operator(
                "select * from performance_monitoring.create_monthly_partitions('MONTHS', 12)"))
        .hasSize(12);
    assertThat(
            operator(
                """
                select extract(day from lower at time zone 'UTC'), count(*)
                  from curated.partition where dataset_id = 51 and kind = 'VALUE' and lower > now() group by 1
                """))
        .containsExactly("1 12");
    assertThatThrownBy(
            () -> operator("select performance_monitoring.create_monthly_partitions('YEARS', 1)"))
        .hasMessageContaining("its interval is YEAR");
    assertThatThrownBy(
            () -> operator("select performance_monitoring.create_partitions('YEARS', 101)"))
        .hasMessageContaining("From 1 to 100");
    for (String call :
        List.of(
            "create_partitions('NONE')",
            "create_monthly_partitions('NONE', 1)",
            "drop_old_partitions('NONE')")) {
      assertThatThrownBy(() -> operator("select performance_monitoring." + call))
          .hasMessageContaining("There is no dataset NONE");
    }
  }

  @Test
  void oldPartitionsAreLeftToTheServer() throws SQLException {
    owner(
        "select curated.attach_partition(51, now() - interval '3 years'),"
            + " curated.attach_partition(51, now() - interval '6 months')");
    assertThat(operator("select leaf from performance_monitoring.drop_old_partitions('MONTHS')"))
        .hasSize(2)
        .anyMatch(leaf -> leaf.startsWith("observation_51_"))
        .anyMatch(leaf -> leaf.startsWith("observation_vintage_51_"));
    assertThat(due("PARTITIONS")).isEqualTo("t");
    assertThatThrownBy(() -> operator("select performance_monitoring.drop_old_partitions('YEARS')"))
        .hasMessageContaining("no retention");
  }

  @Test
  void aQueryIsMeasured() throws SQLException {
    assertThat(
            operator(
                """
                select runs_done, rows, 0 < min_ms and min_ms <= p50_ms and p50_ms <= p95_ms and p95_ms <= max_ms,
                       min_ms <= mean_ms and mean_ms <= max_ms, plan_cost > 0
                  from performance_monitoring.benchmark_query_detailed('select * from ref.unit limit 3', 20)
                """))
        .containsExactly("20 3 t t t");
    assertThat(
            operator(
                    "select runs_done from performance_monitoring.benchmark_query_detailed('select"
                        + " pg_sleep(0.05)', 1000, '0.2 seconds')")
                .get(0))
        .satisfies(runs -> assertThat(Integer.parseInt(runs)).isBetween(1, 5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delete from ref.unit",
        "delete from ref.unit returning code",
        "select 1; delete from ref.unit",
        "select nextval(''curated.partition_number'')",
        "select set_config(''transaction_read_only'', ''off'', true)",
        "with gone as (delete from ref.unit returning 1) select * from gone",
        "select generate_series(1, 1000000000)"
      })
  void aQueryThatWritesOrTakesTooLongIsRefused(String query) {
    // As the owner, whose rights would allow all of it.
    assertThatThrownBy(
            () ->
                owner(
                    "select performance_monitoring.benchmark_query_detailed('%s', 1, '0.1 seconds')"
                        .formatted(query)))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void theBoundsOfAMeasurementAreSaid() {
    assertThatThrownBy(
            () -> operator("select performance_monitoring.benchmark_query_detailed('select 1', 0)"))
        .hasMessageContaining("from 1 to 1000");
    assertThatThrownBy(
            () ->
                operator(
                    "select performance_monitoring.benchmark_query_detailed('select 1', 1, '1"
                        + " hour')"))
        .hasMessageContaining("10 minutes");
  }

  @Test
  void whoMeasuredCanStillWrite() throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("select performance_monitoring.benchmark_query_detailed('select 1', 1)");
      statement.execute("create table public.written (id integer)");
      connection.rollback();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update performance_monitoring.schedule set every = '2 hours'",
        "delete from performance_monitoring.optimization_log",
        "insert into curated.partition select * from curated.partition",
        "update ref.unit set name = 'x'",
        "select * from raw.load",
        "select hash from ref.api_key",
        "select * from staging.reject",
        "drop table curated.observation_52",
        "create table curated.mine (id integer)",
        "select curated.attach_partition(52, now() + interval '50 years')",
        "select performance_monitoring.sample_sizes()",
        "select performance_monitoring.grant_to_operators()",
        "vacuum ref.unit",
        "select * from performance_monitoring.benchmark_query_detailed('select * from raw.load', 1)"
      })
  void whatIsNotTheirsIsRefused(String sql) throws SQLException {
    if (sql.startsWith("vacuum")) {
      // PostgreSQL skips it, with a warning.
      operator(sql);
      assertThat(
              operator(
                  "select last_vacuum from pg_stat_user_tables where relid = 'ref.unit'::regclass"))
          .containsExactly("null");
    } else {
      assertThatThrownBy(() -> operator(sql))
          .isInstanceOf(SQLException.class)
          .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("42501"));
    }
  }

  @Test
  void tablesThatComeLaterAreReadToo() throws SQLException {
    owner("create table performance_monitoring.later (id integer)");
    assertThat(operator("select * from performance_monitoring.later")).isEmpty();
    owner("drop table performance_monitoring.later");
  }
}
