package io.refdata.db;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.db.audit.AuditChain;
import io.refdata.db.audit.Breach;
import io.refdata.db.audit.Breach.Kind;
import io.refdata.db.audit.Verification;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The breaches that are found after changes of the actions of operators by SQL. Each test is rolled
 * back.
 */
@SuppressWarnings("NullAway.Init")
class SealedActionsIT {
  /** Three actions around a revision: one is over, one of long ago too, one is under way. */
  private static final String WRITE =
      """
      insert into performance_monitoring.action (id, at, status, action, method, path, by) overriding system value
      values (1, now() - interval '30 days', 204, 'CACHE', 'DELETE', '/api/v1/database/caches/x', 'ann');
      insert into performance_monitoring.action (id, action, method, path, by, reason) overriding system value
      values (2, 'MAINTENANCE', 'POST', '/api/v1/database/maintenance', 'ben', 'slow'),
             (3, 'ACCESS_KEYS', 'POST', '/api/v1/access/keys', 'cleo', null);
      select ref.open_revision(0, 'ann', 'a revision in between');
      set constraints all immediate;
      set constraints all deferred;
      """;

  private static final String SEAL =
      "select ref.seal_revisions(1000); select ref.seal_actions(1000)";

  private static MigratedDatabase database;
  private Connection connection;

  @BeforeAll
  static void start() {
    database = MigratedDatabase.create();
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @BeforeEach
  void fill() throws SQLException {
    connection = database.dataSource().getConnection();
    connection.setAutoCommit(false);
    run("select ref.seal_actions(1000)");
    run(WRITE);
    run(SEAL);
    run("update performance_monitoring.action set status = 202 where id = 2");
    run(SEAL);
  }

  @AfterEach
  void forget() throws SQLException {
    connection.rollback();
    connection.close();
  }

  @Test
  void actionsAreSealedBetweenTheRevisionsAndAgainWhenTheyEnd() throws SQLException {
    Verification found = verify();
    assertThat(found.breach()).isNull();
    assertThat(found.actions()).isEqualTo(3);
    assertThat(found.revisions()).isEqualTo(number("select count(*) from ref.revision"));
    assertThat(found.waiting()).isZero();
    assertThat(number("select count(*) from ref.seal where action is not null")).isEqualTo(5);

    run("update performance_monitoring.action set status = 201 where id = 3");
    assertThat(verify().waiting()).isEqualTo(1);
    run(SEAL);
    run("select ref.open_revision(0, 'dan', null); set constraints all immediate");
    run(SEAL);
    assertThat(verify().breach()).isNull();
    assertThat(verify().waiting()).isZero();
    assertThat(verify().revisions()).isEqualTo(found.revisions() + 1);
  }

  @Test
  void anActionThatBeginsInTheFutureKeepsNoOtherFromBeingSealed() throws SQLException {
    String insert =
        "insert into performance_monitoring.action (id, at, action, method, path, by) overriding"
            + " system value values (%d, now() + interval '%s', 'X', 'PUT', '/', 'eve')";
    run(insert.formatted(8, "1 year") + ";" + SEAL);
    run(insert.formatted(9, "0") + ";" + SEAL);
    assertThat(verify().breach()).isNull();
    assertThat(verify().waiting()).isZero();
  }

  @Test
  void partsVerifyRevisionsAndActions() throws SQLException {
    long actions = 0;
    Long after = 0L;
    while (after != null) {
      Verification part = new AuditChain(connection).verify(after, null, 1, 1_000_000);
      assertThat(part.breach()).isNull();
      actions += part.actions();
      after = part.next();
    }
    assertThat(actions).isEqualTo(3);
  }

  static Stream<Arguments> changes() {
    String action = "performance_monitoring.action";
    return Stream.of(
        Arguments.of("update " + action + " set by = 'eve' where id = 2", Kind.ACTION_CHANGED, "2"),
        Arguments.of(
            "update " + action + " set reason = null where id = 2", Kind.ACTION_CHANGED, "2"),
        Arguments.of(
            "update " + action + " set status = 500 where id = 2", Kind.ACTION_CHANGED, "2"),
        Arguments.of(
            "update " + action + " set status = null where id = 1", Kind.ACTION_CHANGED, "1"),
        Arguments.of(
            "update " + action + " set at = at - interval '1 second' where id = 3",
            Kind.ACTION_CHANGED,
            "3"),
        Arguments.of("delete from " + action + " where id = 3", Kind.ACTION_REMOVED, "3"),
        Arguments.of(
            "insert into "
                + action
                + " (id, at, action, method, path, by) overriding system value"
                + " values (9, now() - interval '2 days', 'X', 'PUT', '/', 'eve'); "
                + SEAL,
            Kind.ACTION_ADDED,
            "9"),
        Arguments.of(
            "update ref.seal set revision = sha256('x') where action = 2", Kind.SEAL_CHANGED, "2"),
        Arguments.of(
            "update ref.seal set entry = 'ACTION_ENDED' where action = 3", Kind.SEAL_CHANGED, "3"),
        Arguments.of(
            "delete from ref.seal where action = 1 and entry = 'ACTION_BEGUN'",
            Kind.SEAL_REMOVED,
            "1"));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aChangeIsFoundAndNamed(String change, Kind kind, @Nullable String id) throws SQLException {
    run(change);
    Breach breach = verify().breach();
    assertThat(breach).isNotNull();
    assertThat(breach.kind()).isEqualTo(kind);
    assertThat(breach.item()).isEqualTo(id);
    assertThat(breach.text()).contains(id == null ? "" : id);
  }

  @Test
  void retentionIsOnRecordAndCoversOnlyWhatItRemoved() throws SQLException {
    assertThat(number("select ref.remove_actions(now() - interval '10 days', 100)")).isEqualTo(1);
    assertThat(verify().breach()).isNull();
    assertThat(verify().removedBefore()).isNotNull();

    assertThat(number("select ref.remove_actions(now() + interval '1 day', 100)"))
        .as("what is younger than a day")
        .isZero();
    run("delete from performance_monitoring.action where id = 2");
    assertThat(verify().breach()).extracting(Breach::kind).isEqualTo(Kind.ACTION_REMOVED);
    run("delete from ref.seal where entry = 'ACTIONS_REMOVED'");
    assertThat(verify().breach()).extracting(Breach::item).isEqualTo("1");
  }

  private Verification verify() throws SQLException {
    return new AuditChain(connection).verify(0, null, 10_000, 1_000_000);
  }

  private long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
