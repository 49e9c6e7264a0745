package io.refdata.db;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RevisionIT {

  private static final int TOPICS = 3;
  private static final int WRITERS = 5;
  private static final int WRITES_EACH = 80;

  private static MigratedDatabase database;

  @BeforeAll
  static void migrate() {
    database = MigratedDatabase.create();
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  private record Answer(int topic, OffsetDateTime at, int revision) {}

  private record Seen(int topic, int revision, OffsetDateTime at) {}

  @Test
  void revisionsRiseInCommitOrderAndPastResultsNeverChange() throws Exception {
    AtomicBoolean writing = new AtomicBoolean(true);
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Future<Integer>> writers = new ArrayList<>();
    List<Future<List<Answer>>> readers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      Random random = new Random(i);
      writers.add(threads.submit(() -> write(random)));
    }
    for (int i = 0; i < 3; i++) {
      Random random = new Random(100 + i);
      readers.add(threads.submit(() -> ask(random, writing)));
    }
    Future<List<List<Seen>>> watcher = threads.submit(() -> watch(writing));

    int written = 0;
    for (Future<Integer> writer : writers) {
      written += writer.get(2, TimeUnit.MINUTES);
    }
    writing.set(false);
    assertThat(written).isGreaterThan(WRITERS * WRITES_EACH / 2);

    List<Answer> answers = new ArrayList<>();
    for (Future<List<Answer>> reader : readers) {
      answers.addAll(reader.get(1, TimeUnit.MINUTES));
    }
    assertThat(answers).hasSizeGreaterThan(300);
    assertThat(answers).extracting(Answer::revision).anyMatch(revision -> revision > 1);
    try (Connection connection = connect()) {
      for (Answer answer : answers) {
        assertThat(asOf(connection, answer.topic(), answer.at()))
            .as("topic %s as of %s", answer.topic(), answer.at())
            .isEqualTo(answer.revision());
      }
    }
    assertLaterRevisionsHaveLaterInstants(watcher.get(1, TimeUnit.MINUTES));
    threads.shutdown();
  }

  private static int write(Random random) throws SQLException {
    int written = 0;
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (int i = 0; i < WRITES_EACH; i++) {
        statement.execute("select pg_sleep(%s)".formatted(random.nextDouble() / 500));
        statement.execute(
            "select ref.open_revision(%d, 'w', null)".formatted(random.nextInt(TOPICS)));
        statement.execute("select pg_sleep(%s)".formatted(random.nextDouble() / 200));
        if (random.nextInt(3) == 0) {
          // Stamped, but not committed for a while, as with a slow disk.
          statement.execute("set constraints all immediate");
          statement.execute("select pg_sleep(%s)".formatted(random.nextDouble() / 500));
        }
        if (random.nextInt(10) == 0) {
          connection.rollback();
        } else {
          connection.commit();
          written++;
        }
      }
    }
    return written;
  }

  private static List<Answer> ask(Random random, AtomicBoolean writing) throws SQLException {
    List<Answer> answers = new ArrayList<>();
    try (Connection connection = connect()) {
      while (writing.get()) {
        OffsetDateTime at = now(connection).minusNanos(1000L * (1 + random.nextInt(3_000)));
        int topic = random.nextInt(TOPICS);
        answers.add(new Answer(topic, at, asOf(connection, topic, at)));
      }
    }
    return answers;
  }

  /** The revisions that became visible, at each look. */
  private static List<List<Seen>> watch(AtomicBoolean writing) throws SQLException {
    List<List<Seen>> looks = new ArrayList<>();
    Map<Integer, Seen> known = new HashMap<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      while (writing.get()) {
        List<Seen> fresh = new ArrayList<>();
        try (ResultSet row = statement.executeQuery("select topic, rev, at from ref.revision")) {
          while (row.next()) {
            Seen seen =
                new Seen(row.getInt(1), row.getInt(2), row.getObject(3, OffsetDateTime.class));
            if (known.putIfAbsent(seen.revision(), seen) == null) {
              fresh.add(seen);
            }
          }
        }
        looks.add(fresh);
      }
    }
    return looks;
  }

  private static void assertLaterRevisionsHaveLaterInstants(List<List<Seen>> looks) {
    assertThat(looks).hasSizeGreaterThan(20);
    Map<Integer, Integer> latestNumber = new HashMap<>();
    OffsetDateTime latestStamp = OffsetDateTime.MIN;
    for (List<Seen> look : looks) {
      for (Seen seen : look) {
        assertThat(seen.at()).isAfter(latestStamp);
        assertThat(seen.revision()).isGreaterThan(latestNumber.getOrDefault(seen.topic(), 0));
      }
      for (Seen seen : look) {
        latestNumber.merge(seen.topic(), seen.revision(), Math::max);
        latestStamp = seen.at().isAfter(latestStamp) ? seen.at() : latestStamp;
      }
    }
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
  void whatWasPublishedByAnInstantIsFoundAsByLookingAtAllRevisions() throws Exception {
    record Published(OffsetDateTime at, int revision) {}
    Random random = new Random(7);
    int topic = 21;
    List<Published> all = new ArrayList<>();
    List<OffsetDateTime> instants = new ArrayList<>();
    try (Connection connection = connect();
        PreparedStatement open =
            connection.prepareStatement("select ref.open_revision(?, 'w', null, null, null, ?)")) {
      OffsetDateTime edition = now(connection).minusDays(500);
      for (int i = 0; i < 60; i++) {
        String latest = answer(connection, "select ref.latest_publication(%d)".formatted(topic));
        assertThat(latest == null).isEqualTo(all.isEmpty());
        // First old editions. Then some say nothing, and the clock of some senders is ahead.
        OffsetDateTime published = null;
        if (i < 30) {
          edition = edition.plusDays(random.nextInt(3));
          published = edition;
        } else if (random.nextInt(3) == 0) {
          published = now(connection).plusSeconds(random.nextInt(2));
        }
        open.setInt(1, topic);
        open.setObject(2, published);
        open.execute();
        int revision =
            Integer.parseInt(
                answer(connection, "select max(rev) from ref.revision where topic = " + topic));
        OffsetDateTime at = at(connection, revision);
        all.add(
            new Published(published == null || published.isAfter(at) ? at : published, revision));
        instants.add(all.get(i).at());
        instants.add(all.get(i).at().minusNanos(1000));
        instants.add(edition.plusHours(random.nextInt(48)));
      }
      assertThat(all).isSortedAccordingTo(Comparator.comparing(Published::at));
      for (OffsetDateTime instant : instants) {
        int expected =
            all.stream()
                .filter(one -> !one.at().isAfter(instant))
                .mapToInt(Published::revision)
                .max()
                .orElse(0);
        assertThat(knownAt(connection, topic, instant)).as("%s", instant).isEqualTo(expected);
      }
      assertThatThrownBy(() -> knownAt(connection, topic, now(connection).plusSeconds(60)))
          .hasMessageContaining("is not past");
    }
  }

  private static OffsetDateTime at(Connection connection, int revision) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select at from ref.revision where rev = " + revision)) {
      row.next();
      return row.getObject(1, OffsetDateTime.class);
    }
  }

  private static int knownAt(Connection connection, int topic, OffsetDateTime at)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select ref.revision_known_at(?, ?)")) {
      statement.setInt(1, topic);
      statement.setObject(2, at);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  @Test
  void searchIgnoresCaseAndAccentsOfAnyScript() throws Exception {
    try (Connection connection = connect()) {
      assertThat(answer(connection, "select ref.fold('ÅLAND Œuvre Жук İ' collate \"C\")"))
          .isEqualTo("aland oeuvre жук i");
      assertThat(
              answer(
                  connection,
                  "select count(*) from ref.region where ref.fold(name) like '%' ||"
                      + " ref.fold('CÔTE') || '%'"))
          .isEqualTo("1");
    }
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

  private static OffsetDateTime now(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select clock_timestamp()")) {
      row.next();
      return row.getObject(1, OffsetDateTime.class);
    }
  }

  private static int asOf(Connection connection, int topic, OffsetDateTime at) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select ref.revision_as_of(?, ?)")) {
      statement.setInt(1, topic);
      statement.setObject(2, at);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  private static String answer(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
