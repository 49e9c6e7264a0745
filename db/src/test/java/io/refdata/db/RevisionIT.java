package io.refdata.db;

import static io.refdata.db.Asked.answer;
import static io.refdata.db.Asked.asOf;
import static io.refdata.db.Asked.now;
import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The stamps of revisions, and the waits of their transactions for each other. */
class RevisionIT {

  private static final int TOPICS = 3;

  private static MigratedDatabase database;

  @BeforeAll
  static void migrate() {
    database = MigratedDatabase.create();
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  void stampsRiseWithNumbersInEachTopicAndAreUnique() throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < 20 + TOPICS; i++) {
        statement.execute("select ref.open_revision(%d, 'w', null)".formatted(i % TOPICS));
      }
      assertThat(
              answer(
                  connection,
                  """
                  select bool_and(at > before) and count(*) >= 20
                    from (select at, lag(at) over (partition by topic order by rev) as before from ref.revision) as r
                   where before is not null or at is null
                  """))
          .isEqualTo("t");
      assertThat(answer(connection, "select count(*) - count(distinct at) from ref.revision"))
          .isEqualTo("0");
    }
  }

  @Test
  void aNumberTakenBeforeTheLockIsRefusedAfterALargerOne() throws Exception {
    try (Connection early = connect();
        Connection late = connect()) {
      String drawn = answer(early, "select nextval('ref.revision_rev_seq')");
      answer(late, "select ref.open_revision(7, 'w', null)");
      assertThatThrownBy(
              () ->
                  answer(
                      early,
                      "insert into ref.revision (rev, topic) values (%s, 7) returning rev"
                          .formatted(drawn)))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("revision " + drawn + " of topic 7 was drawn before its lock")
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("40001");
      // For another topic the number is valid.
      assertThat(
              answer(
                  early,
                  "insert into ref.revision (rev, topic) values (%s, 8) returning rev"
                      .formatted(drawn)))
          .isEqualTo(drawn);
    }
  }

  @Test
  void anInstantGivenByTheClientIsReplaced() throws Exception {
    try (Connection connection = connect()) {
      String number =
          answer(
              connection,
              "insert into ref.revision (topic, at) values (9, now() + interval '1 day') returning"
                  + " rev");
      assertThat(
              answer(
                  connection,
                  "select at <= clock_timestamp() from ref.revision where rev = " + number))
          .isEqualTo("t");
    }
  }

  @Test
  void anInstantInTheFutureIsRefused() throws Exception {
    try (Connection connection = connect()) {
      assertThatThrownBy(() -> asOf(connection, 0, OffsetDateTime.now(UTC).plusHours(1)))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("is not past");
    }
  }

  @Test
  void anInstantBeforeTheFirstRevisionIsRevisionZero() throws Exception {
    try (Connection connection = connect()) {
      assertThat(asOf(connection, 0, OffsetDateTime.parse("2000-01-01T00:00:00Z"))).isZero();
      assertThat(asOf(connection, 4711, now(connection).minusNanos(1000))).isZero();
    }
  }

  @Test
  void anOldSnapshotCanNeitherOpenNorFindARevision() throws Exception {
    try (Connection connection = connect()) {
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      assertThatThrownBy(() -> answer(connection, "select ref.open_revision(0, 'w', null)"))
          .hasMessageContaining("isolation level read committed");
      assertThatThrownBy(() -> asOf(connection, 0, OffsetDateTime.parse("2000-01-01T00:00:00Z")))
          .hasMessageContaining("isolation level read committed");
    }
  }

  @Test
  void aReaderWaitsForARevisionThatIsBeingStamped() throws Exception {
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (Connection writer = connect();
        Connection reader = connect();
        Connection observer = connect()) {
      writer.setAutoCommit(false);
      int revision = Integer.parseInt(answer(writer, "select ref.open_revision(10, 'w', null)"));
      try (Statement statement = writer.createStatement()) {
        statement.execute("set constraints all immediate");
      }
      String pid = answer(reader, "select pg_backend_pid()");
      OffsetDateTime afterTheStamp = now(observer);
      answer(observer, "select pg_sleep(0.001)");
      Future<Integer> asked =
          threads.submit((Callable<Integer>) () -> asOf(reader, 10, afterTheStamp));
      awaitLockWait(observer, pid);
      writer.commit();
      assertThat(asked.get(10, TimeUnit.SECONDS)).isEqualTo(revision);
    }
    threads.shutdown();
  }

  @Test
  void aReaderInALongTransactionBlocksNoWriter() throws Exception {
    try (Connection reader = connect();
        Connection writer = connect();
        Statement statement = writer.createStatement()) {
      reader.setAutoCommit(false);
      asOf(reader, 11, now(reader).minusNanos(1000));
      statement.execute("set lock_timeout = '1s'");
      int revision = Integer.parseInt(answer(writer, "select ref.open_revision(11, 'w', null)"));
      assertThat(asOf(writer, 11, now(writer).minusNanos(1000))).isEqualTo(revision);
      reader.commit();
    }
  }

  @Test
  void onlyWritersOfTheSameTopicWaitForEachOther() throws Exception {
    try (Connection first = connect();
        Connection second = connect();
        Statement statement = second.createStatement()) {
      first.setAutoCommit(false);
      answer(first, "select ref.open_revision(12, 'w', null)");
      statement.execute("set lock_timeout = '200ms'");
      assertThatThrownBy(() -> answer(second, "select ref.open_revision(12, 'w', null)"))
          .hasMessageContaining("lock timeout");
      answer(second, "select ref.open_revision(13, 'w', null)");
      first.commit();
      answer(second, "select ref.open_revision(12, 'w', null)");
    }
  }

  @Test
  void anItemIsFoundAsTheWriterBeforeLeftIt() throws Exception {
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (Connection first = connect();
        Connection second = connect();
        Connection observer = connect();
        Statement statement = first.createStatement()) {
      first.setAutoCommit(false);
      answer(first, "select ref.open_revision(0, 'w', null)");
      statement.execute("update ref.region set name = 'Renamed' where code = 'FRA'");
      String pid = answer(second, "select pg_backend_pid()");
      Future<String> found =
          threads.submit(
              () -> answer(second, "select name from ref.find_locked(null::ref.region, 'FRA')"));
      awaitLockWait(observer, pid);
      first.commit();
      assertThat(found.get(10, TimeUnit.SECONDS)).isEqualTo("Renamed");
    }
    threads.shutdown();
  }

  private static void awaitLockWait(Connection observer, String pid) throws SQLException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!"1"
        .equals(
            answer(
                observer,
                "select count(*) from pg_locks where locktype = 'advisory' and not granted and pid"
                    + " = "
                    + pid))) {
      assertThat(System.nanoTime()).as("the reader should wait").isLessThan(deadline);
    }
  }

  private static Connection connect() throws SQLException {
    return database.dataSource().getConnection();
  }
}
