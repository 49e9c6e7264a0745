package io.refdata.persistence.statistics;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.persistence.sql.StatementName;
import io.refdata.persistence.sql.Statements;
import io.refdata.persistence.statistics.Plans.Plan;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The statements by their names: their times, the slow ones with their values, their plans. */
@SuppressWarnings("NullAway.Init")
class QueriesIT {
  private static final Duration HOUR = Duration.ofHours(1);

  private static StatisticsDatabase database;
  private static Queries queries;
  private static Plans plans;

  @BeforeAll
  static void start() throws Exception {
    database = new StatisticsDatabase();
    queries = new Queries(database.jdbi, new StatementSamples(database.jdbi));
    plans = new Plans(database.jdbi);
    queries.list(HOUR, 1); // what was counted before belongs to no sample
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  void aStatementIsCountedByItsName() {
    for (int i = 0; i < 40; i++) {
      units("m" + i);
    }
    QueryStatistics found = queries.find("QueriesIT.units", HOUR).orElseThrow();
    assertThat(found.calls()).isEqualTo(40);
    assertThat(found.p50Ms()).isPositive().isLessThanOrEqualTo(found.p95Ms());
    assertThat(found.p95Ms()).isLessThanOrEqualTo(found.p99Ms());
    assertThat(found.p99Ms()).isLessThanOrEqualTo(found.maxMs());
    assertThat(found.slow()).isZero();
    assertThat(found.rows()).isEqualTo(40);
    assertThat(found.blocksHit()).isPositive();
    assertThat(found.share()).isBetween(0.0, 1.0);
    assertThat(queries.missing()).isEmpty();
    assertThat(queries.texts("QueriesIT.units"))
        .hasSize(1)
        .allMatch(text -> text.startsWith("select /* QueriesIT.units */ count(*)"));
    assertThat(queries.find("QueriesIT.units", HOUR).orElseThrow().calls())
        .as("counted once")
        .isEqualTo(40);
  }

  private static long units(String code) {
    return database.jdbi.withHandle(
        handle ->
            handle
                .createQuery("select count(*) from ref.unit where code = :code")
                .bind("code", code)
                .mapTo(Long.class)
                .one());
  }

  @Test
  void aSlowStatementIsShownWithItsValuesAndItsPlan() throws Exception {
    String name = "QueriesIT.slow";
    try (Connection connection = database.pool.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                StatementName.tag(
                    "select count(*) from ref.region where code <> ? and pg_sleep(?) is not null",
                    name))) {
      statement.setString(1, "it's; DEU");
      statement.setDouble(2, 0.01);
      try (ResultSet row = Statements.query(name, statement)) {
        row.next();
      }
    }
    QueryStatistics found = queries.find(name, HOUR).orElseThrow();
    assertThat(found.slow()).isEqualTo(1);
    assertThat(found.maxMs()).isGreaterThan(500);
    Queries.SlowCall call = queries.slowest(name, HOUR).orElseThrow();
    assertThat(call.text()).contains("'it''s; DEU'").contains("0.01");
    assertThat(call.ms()).isEqualTo(found.maxMs());

    Plan plan = plans.ofCall(call.text(), false);
    assertThat(plan.missing()).isNull();
    assertThat(requireNonNull(plan.json()).findValuesAsText("Relation Name")).contains("region");
    assertThat(requireNonNull(plan.json()).findValue("Actual Rows")).isNull();
    assertThat(requireNonNull(plans.ofCall(call.text(), true).json()).findValue("Actual Rows"))
        .isNotNull();
    assertThat(requireNonNull(plans.ofText(queries.texts(name).get(0)).json()).findValue("Plan"))
        .isNotNull();

    Map<String, Object> row =
        database.jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select * from performance_monitoring.get_slow_queries(interval '1 hour') where name = :name
                        """)
                    .bind("name", name)
                    .mapToMap()
                    .one());
    assertThat(row).containsEntry("slow", 1L).containsEntry("slowest", call.text());
    assertThat(count("select count(*) from performance_monitoring.slow_queries")).isPositive();
  }

  @Test
  void aPlanIsNotMadeWhereItWouldWriteOrIsUnknown() {
    String insert = "insert /* X.y */ into ref.unit default values";
    assertThat(plans.ofCall(insert, true).missing()).isEqualTo("Only a query can be run again.");
    assertThat(plans.ofCall("select 1…", false).missing()).contains("longer");
    assertThat(
            plans
                .ofCall("with x as (delete from ref.unit returning 1) select * from x", true)
                .missing())
        .contains("read-only transaction");
    assertThat(plans.ofCall("select 'a;\nb'; drop table ref.unit", true).json()).isNotNull();
    assertThat(count("select count(*) from ref.unit")).isPositive();
  }

  @Test
  void whatThePlatformDidNotSendHasNoName() throws Exception {
    queries.list(HOUR, 1);
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("select count(*) from ref.region where code like '%not ours%'");
    }
    List<QueryStatistics> found = queries.list(HOUR, 1000);
    assertThat(found).anyMatch(one -> one.name() == null && one.calls() > 0 && one.p95Ms() == null);
    assertThat(found).noneMatch(one -> "connection".equals(one.name()));
    assertThat(found.stream().mapToDouble(one -> one.share() == null ? 0 : one.share()).sum())
        .isBetween(0.999, 1.001);
    assertThat(queries.list(HOUR, 2)).hasSize(2);
  }

  @Test
  void withoutTheExtensionTheTimesAreStillThere() throws Exception {
    try (StatisticsDatabase bare = new StatisticsDatabase()) {
      bare.jdbi.useHandle(
          handle ->
              handle.execute(
                  """
                  create or replace function performance_monitoring.pg_statements_missing() returns text
                    language sql stable return 'the extension pg_stat_statements is not created in this database'
                  """));
      Queries without = new Queries(bare.jdbi, new StatementSamples(bare.jdbi));
      bare.jdbi.useHandle(QueriesIT::another);
      QueryStatistics found = without.find("QueriesIT.another", HOUR).orElseThrow();
      assertThat(found.calls()).isEqualTo(1);
      assertThat(found.rows()).isNull();
      assertThat(without.missing()).hasValueSatisfying(text -> assertThat(text).contains("create"));
      assertThat(without.texts("QueriesIT.another")).isEmpty();
    }
  }

  private static void another(Handle handle) {
    handle.execute("select 1");
  }

  private static long count(String sql) {
    return database.jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }
}
