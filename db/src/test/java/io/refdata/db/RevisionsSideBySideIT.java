package io.refdata.db;

import static io.refdata.db.Asked.asOf;
import static io.refdata.db.Asked.now;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many writers, and readers who ask meanwhile. */
class RevisionsSideBySideIT {
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

  private static Connection connect() throws SQLException {
    return database.dataSource().getConnection();
  }
}
