package io.refdata.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refdata.db.audit.AuditChain;
import java.sql.Connection;
import java.sql.DriverManager;
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

/** The rights of the application in a role of its own, and their limits. */
@SuppressWarnings("NullAway.Init")
class ApplicationRoleIT {
  private static EmbeddedDatabase database;

  @BeforeAll
  static void start() throws SQLException {
    database = EmbeddedDatabase.startTemporary();
    database.separateApplication();
    Migrations.migrate(database.dataSource(), EmbeddedDatabase.APPLICATION);
    application(
        """
        begin;
        select ref.open_revision(0, 'ann', 'first');
        insert into ref.organization (id, code, name, version) overriding system value values (5000, 'ACME', 'Acme', 0);
        insert into ref.organization_aud (id, rev, revtype, version, code, name) select 5000, max(rev), 0, 0, 'ACME', 'Acme' from ref.revision;
        commit;
        insert into curated.dataset (id, code, name, frequency, dimension_codes, dimension_values, interval)
        overriding system value values (5, 'D', 'D', 'D', '{a}', '{indicators}', 'YEAR');
        select curated.attach_dataset(5);
        select curated.attach_partition(5, '2020-02-29Z');
        select ref.seal_revisions(1000);
        """);
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  void migrationsAndGrantsRunAgain() {
    Migrations.migrate(database.dataSource(), EmbeddedDatabase.APPLICATION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        begin;
        select ref.open_revision(0, 'ben', null);
        update ref.organization set name = 'Acme Ltd' where id = 5000;
        update ref.organization_aud set revend = (select max(rev) from ref.revision) where id = 5000 and revend is null;
        insert into ref.organization_aud (id, rev, revtype, version, code, name) select 5000, max(rev), 1, 1, 'ACME', 'Acme Ltd' from ref.revision;
        commit
        """,
        "select ref.seal_revisions(1000)",
        "insert into performance_monitoring.action (action, method, path, by) values ('X', 'PUT',"
            + " '/', 'a')",
        "update performance_monitoring.action set status = 200",
        "select ref.seal_actions(1000)",
        "select ref.remove_actions(now(), 10)",
        "select curated.attach_partition(5, '2021-02-28Z')",
        "insert into curated.observation_5 (time, value, dataset_id, series_id, rev) values"
            + " ('2020-03-01Z', 1, 5, 1, 1)",
        "create unlogged table staging.load_1 (line bigint); drop table staging.load_1",
        "insert into staging.reject (load_id, line, code, reason, raw) select id, 1, 'X', 'x', ''"
            + " from raw.load",
        "vacuum analyze ref.facility",
        "reindex index concurrently ref.facility_name",
        "create schema index_model; create unlogged table index_model.m (a text); drop schema"
            + " index_model cascade",
        "select performance_monitoring.sample_sizes()",
        "select max(version) from public.schema_history",
      })
  void theApplicationCan(String sql) throws SQLException {
    application(sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update ref.organization_aud set name = 'Evil'",
        "update ref.organization_aud set rev = 1",
        "delete from ref.organization_aud",
        "truncate ref.organization_aud",
        "update ref.revision set by = 'eve'",
        "delete from ref.revision",
        "update performance_monitoring.action set by = 'eve'",
        "delete from performance_monitoring.action",
        "select ref.seal_entry('ACTIONS_REMOVED', null, now(), '')",
        "update ref.seal set hash = hash",
        "delete from ref.seal",
        "insert into ref.sealed_state select * from ref.sealed_state",
        "delete from ref.sealed_state",
        "alter table ref.organization_aud add column x text",
        "alter table ref.revision disable trigger all",
        "drop function ref.seal_revisions(integer)",
        "create or replace function ref.seal_revisions(integer) returns integer language sql as"
            + " 'select 0'",
        "create table ref.mine (a int)",
        "select ref.grant_to_application('refdata_app')",
        "create or replace function performance_monitoring.create_partitions(text, integer) returns"
            + " integer language sql as 'select 0'",
        "create function performance_monitoring.mine() returns integer language sql as 'select 0'",
        "set role refdata",
        "delete from public.schema_history",
      })
  void theApplicationCannot(String sql) {
    assertThatThrownBy(() -> application(sql))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).as(sql).isIn("42501", "42P13"));
  }

  @Test
  void aPartitionThatAnOperatorMakesIsTheApplications() throws SQLException {
    try (Connection connection = database.superuser();
        Statement statement = connection.createStatement()) {
      statement.execute("set role refdata_operator");
      statement.execute("select performance_monitoring.create_partitions('D', 3)");
    }
    application("update curated.observation_5 set status = 'A'");
    assertThat(
            texts(
                "select c.relname from pg_class c where c.relname ~ '^observation' and c.relkind in"
                    + " ('r', 'p') and c.relowner <> 'refdata_app'::regrole"))
        .isEmpty();
  }

  /** Whoever may change its tables could put into them what runs as the owner otherwise. */
  @Test
  void partitionsAreMadeWithItsRights() throws SQLException {
    assertThat(
            texts(
                "select proowner::regrole::text from pg_proc where proname = 'create_partitions'"
                    + " and prosecdef"))
        .containsExactly("refdata_app");
  }

  @Test
  void operatorsReadTheTablesThatItMakesLater() throws SQLException {
    application(
        """
        insert into curated.dataset (id, code, name, frequency, dimension_codes, dimension_values, interval)
        overriding system value values (6, 'LATER', 'Later', 'D', '{a}', '{indicators}', 'YEAR');
        select curated.attach_dataset(6)
        """);
    try (Connection connection = database.superuser();
        Statement statement = connection.createStatement()) {
      statement.execute("set role refdata_operator");
      statement.execute("select count(*) from curated.observation_6");
    }
  }

  @Test
  void itOwnsNothingThatItIsAuditedBy() throws SQLException {
    assertThat(
            texts(
                "select c.oid::regclass::text from pg_class c where c.relnamespace in"
                    + " ('ref'::regnamespace, 'raw'::regnamespace) and c.relowner ="
                    + " 'refdata_app'::regrole"))
        .isEmpty();
  }

  @Test
  void itVerifiesTheAuditTrail() throws SQLException {
    try (Connection connection = connect()) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      assertThat(new AuditChain(connection).verify(0, null, 1000, 1_000_000).isIntact()).isTrue();
    }
  }

  private static Connection connect() throws SQLException {
    return DriverManager.getConnection(
        database.url(), EmbeddedDatabase.APPLICATION, database.password());
  }

  private static void application(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> texts(String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        texts.add(row.getString(1));
      }
    }
    return texts;
  }
}
