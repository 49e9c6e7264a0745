package io.refdata.db;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.db.audit.AuditChain;
import io.refdata.db.audit.Breach;
import io.refdata.db.audit.Breach.Kind;
import io.refdata.db.audit.Verification;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The breaches that are found after changes of the record by SQL, behind the platform's back. */
@SuppressWarnings("NullAway.Init")
class AuditChainIT {
  /** Three revisions: an organization is created, renamed, and deleted; then one of a dataset. */
  private static final String WRITE =
      """
      begin;
      select ref.open_revision(0, 'ann', 'first');
      insert into ref.organization (id, code, name, version) overriding system value values (5000, 'ACME', 'Acme', 0);
      insert into ref.organization_aud (id, rev, revtype, version, code, name) select 5000, max(rev), 0, 0, 'ACME', 'Acme' from ref.revision;
      commit;
      begin;
      select ref.open_revision(0, 'ben', null);
      update ref.organization_aud set revend = (select max(rev) from ref.revision) where id = 5000 and revend is null;
      insert into ref.organization_aud (id, rev, revtype, version, code, name) select 5000, max(rev), 1, 1, 'ACME', 'Acme Ltd' from ref.revision;
      commit;
      begin;
      select ref.open_revision(7, 'cleo', 'a push');
      commit;
      """;

  private MigratedDatabase database;

  @BeforeEach
  void fill() throws SQLException {
    database = MigratedDatabase.create();
    run(WRITE);
    run("select ref.seal_revisions(1000)");
  }

  @AfterEach
  void stop() {
    database.close();
  }

  @Test
  void whatWasWrittenIsIntactAndLaterRevisionsChangeNoEarlierHash() throws SQLException {
    Verification before = verify();
    assertThat(before.breach()).isNull();
    assertThat(before.revisions()).isEqualTo(number("select count(*) from ref.revision"));
    assertThat(before.states()).isGreaterThan(700);
    assertThat(before.waiting()).isZero();
    assertThat(before.next()).isNull();

    run(
        """
        begin;
        select ref.open_revision(0, 'dan', null);
        update ref.organization_aud set revend = (select max(rev) from ref.revision) where id = 5000 and revend is null;
        insert into ref.organization_aud (id, rev, revtype, version, code, name) select 5000, max(rev), 2, 1, 'ACME', 'Acme Ltd' from ref.revision;
        commit;
        alter table ref.organization_aud add column motto text;
        alter table ref.revision add column request text;
        """);
    assertThat(verify()).extracting(Verification::waiting).isEqualTo(1L);
    assertThat(verify().head()).isEqualTo(before.head());
    run("select ref.seal_revisions(1000)");
    Verification after = verify(0, before.head(), 1000);
    assertThat(after.breach()).isNull();
    assertThat(after.revisions()).isEqualTo(before.revisions() + 1);
    assertThat(after.head()).isNotEqualTo(before.head());
  }

  static Stream<Arguments> changes() {
    String acme = "(select min(rev) from ref.organization_aud where id = 5000)";
    return Stream.of(
        Arguments.of(
            "update ref.organization_aud set name = 'Evil' where id = 5000 and revtype = 0",
            Kind.STATE_CHANGED,
            "ref.organization_aud",
            "ACME"),
        Arguments.of(
            "update ref.organization_aud set rev = rev - 1 where id = 5000 and revtype = 0",
            Kind.STATE_ADDED,
            "ref.organization_aud",
            "ACME"),
        Arguments.of(
            "delete from ref.organization_aud where id = 5000 and revtype = 1",
            Kind.STATE_REMOVED,
            "ref.organization_aud",
            "ACME"),
        Arguments.of(
            "insert into ref.organization_aud (id, rev, revtype, version, code, name) select 5001, "
                + acme
                + ", 0, 0, 'NEW', 'New'",
            Kind.STATE_ADDED,
            "ref.organization_aud",
            "NEW"),
        Arguments.of(
            "insert into ref.organization_aud (id, rev, revtype, version, code, name)"
                + " values (5001, 999999, 0, 0, 'NEW', 'New')",
            Kind.STATE_ADDED,
            "ref.organization_aud",
            "NEW"),
        Arguments.of(
            "update ref.revision set by = 'bob' where by = 'ann'",
            Kind.REVISION_CHANGED,
            "ref.revision",
            null),
        Arguments.of(
            "update ref.revision set at = at + interval '1 second' where by = 'ann'",
            Kind.REVISION_CHANGED,
            "ref.revision",
            null),
        Arguments.of(
            "delete from ref.revision where by = 'cleo'",
            Kind.REVISION_REMOVED,
            "ref.revision",
            null),
        Arguments.of(
            "alter table ref.revision disable trigger user; insert into ref.revision (rev, topic,"
                + " by, at) select 5000, 0, 'eve', min(at) + interval '1 microsecond' from"
                + " ref.revision",
            Kind.REVISION_ADDED,
            "ref.revision",
            null),
        Arguments.of(
            "update ref.seal set hash = sha256('x') where number = 2",
            Kind.SEAL_CHANGED,
            "ref.seal",
            null),
        Arguments.of(
            "update ref.seal set revision = sha256('x') where number = 2",
            Kind.SEAL_CHANGED,
            "ref.seal",
            null),
        Arguments.of(
            "update ref.sealed_state set fingerprints = fingerprints || '\\x00' where rev = "
                + acme,
            Kind.SEAL_CHANGED,
            "ref.seal",
            null),
        Arguments.of("delete from ref.seal where number = 2", Kind.SEAL_REMOVED, "ref.seal", null),
        Arguments.of(
            "begin; delete from ref.seal where number = 2; update ref.seal set number = number - 1"
                + " where number > 2; commit",
            Kind.SEAL_CHANGED,
            "ref.seal",
            null));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aChangeIsFoundAndNamed(String change, Kind kind, String table, @Nullable String item)
      throws SQLException {
    run(change);
    Breach breach = verify().breach();
    assertThat(breach).isNotNull();
    assertThat(breach.kind()).isEqualTo(kind);
    assertThat(breach.table()).isEqualTo(table);
    assertThat(breach.item()).isEqualTo(item);
    assertThat(breach.revision()).isNotNull();
  }

  @Test
  void aPlaceThatWasThereOnceIsMissed() throws SQLException {
    assertThat(verify(1_000_000, null, 1000).breach())
        .isEqualTo(new Breach(Breach.Kind.SEAL_REMOVED, null, "ref.seal", null));
  }

  @Test
  void aChainThatWasMadeAnewIsFoundByAnEarlierHead() throws SQLException {
    String head = verify().head();
    run(
        """
        update ref.organization_aud set name = 'Evil' where id = 5000;
        delete from ref.seal;
        delete from ref.sealed_state;
        select ref.seal_revisions(1000);
        """);
    assertThat(verify().breach()).isNull();
    assertThat(verify(0, head, 1000).breach())
        .extracting(breach -> breach.kind())
        .isEqualTo(Kind.HEAD_UNKNOWN);
  }

  @Test
  void partsTogetherVerifyAllAndEachNamesItsOwnBreachOnly() throws SQLException {
    long all = verify().revisions();
    long found = 0;
    Long after = 0L;
    while (after != null) {
      Verification part = verify(after, null, 1);
      assertThat(part.isIntact()).isTrue();
      found += part.revisions();
      after = part.next();
    }
    assertThat(found).isEqualTo(all);

    run("update ref.revision set by = 'bob' where by = 'cleo'");
    assertThat(verify(0, null, 1).isIntact()).isTrue();
    assertThat(verify(all - 1, null, 1).isIntact()).isFalse();
  }

  @Test
  void revisionsAreSealedInCommitOrderWhoeverSealsThem() throws Exception {
    List<Thread> threads = Stream.generate(() -> new Thread(this::openAndSeal)).limit(4).toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join(TimeUnit.MINUTES.toMillis(1));
    }
    run("select ref.seal_revisions(1000)");
    Verification found = verify();
    assertThat(found.breach()).isNull();
    assertThat(found.waiting()).isZero();
    assertThat(found.revisions()).isEqualTo(number("select count(*) from ref.revision"));
    assertThat(
            number(
                """
                select count(*) from (select at, lag(at) over (order by number) as before from ref.seal) s
                 where at <= before
                """))
        .isZero();
  }

  private void openAndSeal() {
    try {
      for (int i = 0; i < 40; i++) {
        run("begin; select ref.open_revision(" + i % 3 + ", 'w', null); commit");
        run("select ref.seal_revisions(7)");
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theCommandEndsWithZeroOneOrTwo() throws SQLException {
    assertThat(command()).startsWith("0 INTACT: ").contains("head " + verify().head());
    assertThat(command("zz")).startsWith("2 The head must");
    assertThat(command(Objects.requireNonNull(verify().head()))).startsWith("0 ");
    assertThat(command("00".repeat(32))).startsWith("1 BROKEN: the given head");
    run("update ref.organization_aud set name = 'Evil' where id = 5000 and revtype = 0");
    assertThat(command())
        .startsWith("1 BROKEN: an audit row was changed, revision ")
        .endsWith(", table ref.organization_aud, item ACME\n");
  }

  private String command(String... more) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int code =
        VerifyAudit.run(
            Stream.concat(Stream.of(database.url(), database.user()), Stream.of(more)).toList(),
            database.password(),
            new PrintStream(out, true, StandardCharsets.UTF_8));
    return code + " " + out.toString(StandardCharsets.UTF_8);
  }

  private Verification verify() throws SQLException {
    return verify(0, null, 1000);
  }

  private Verification verify(long after, @Nullable String head, int revisions)
      throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      return new AuditChain(connection).verify(after, head, revisions, 1_000_000);
    }
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private void run(String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
