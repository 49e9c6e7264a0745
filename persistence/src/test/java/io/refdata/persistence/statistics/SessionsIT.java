package io.refdata.persistence.statistics;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.refdata.persistence.statistics.Sessions.Connections;
import io.refdata.persistence.statistics.Sessions.Leak;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The connections of the pool, and the sessions of the database that wait for each other. */
@SuppressWarnings("NullAway.Init")
class SessionsIT {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration AT_ONCE = Duration.ofMillis(1);

  private static StatisticsDatabase database;
  private static Sessions sessions;

  @BeforeAll
  static void start() throws Exception {
    database = new StatisticsDatabase();
    sessions = new Sessions(database.pool, database.jdbi);
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  void aLeakedConnectionIsShownWithItsLastStatementUntilItIsGivenBack() {
    Handle leaked = database.jdbi.open();
    leak(leaked);
    await().atMost(20, SECONDS).until(() -> leaks().size() == 1);
    Leak leak = leaks().get(0);
    assertThat(leak.statement()).isEqualTo("SessionsIT.leak");
    assertThat(leak.thread()).isEqualTo(Thread.currentThread().getName());
    assertThat(sessions.connections(HOUR, HOUR, HOUR).pool().leaks()).isEmpty();
    leaked.close();
    assertThat(leaks()).isEmpty();
  }

  private static void leak(Handle handle) {
    handle.execute("select 'leaked'");
  }

  private static List<Leak> leaks() {
    return sessions.connections(HOUR, AT_ONCE, HOUR).pool().leaks();
  }

  @Test
  void thePoolIsCounted() {
    try (Handle handle = database.jdbi.open()) {
      handle.execute("select 1");
      Sessions.Pool pool = sessions.connections(HOUR).pool();
      assertThat(pool.active()).isEqualTo(1);
      assertThat(pool.max()).isEqualTo(StatisticsDatabase.MAX);
      assertThat(pool.waiting()).isZero();
      assertThat(pool.acquisitionP95Ms()).isPositive();
    }
  }

  @Test
  void aLongTransactionIsShown() throws Exception {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("select /* Test.longTransaction */ 1");
      await()
          .atMost(20, SECONDS)
          .until(
              () ->
                  sessions.connections(HOUR, HOUR, AT_ONCE).longTransactions().stream()
                      .anyMatch(
                          one ->
                              "Test.longTransaction".equals(one.statement())
                                  && "idle in transaction".equals(one.state())));
      assertThat(sessions.connections(HOUR, HOUR, HOUR).longTransactions()).isEmpty();
    }
  }

  @Test
  void aChainOfLocksIsATree() throws Exception {
    try (Connection first = transaction("create table public.a_lock (id integer)", null);
        Connection second = transaction(null, "lock table public.b_lock");
        Connection third = transaction(null, null)) {
      lock(first, "A", "a_lock");
      CompletableFuture<Void> waitsForFirst =
          CompletableFuture.runAsync(() -> lock(second, "B", "a_lock"));
      awaitWaiting(1);
      CompletableFuture<Void> waitsForSecond =
          CompletableFuture.runAsync(() -> lock(third, "C", "b_lock"));
      awaitWaiting(2);

      Connections now = sessions.connections(HOUR);
      assertThat(now.blocking()).hasSize(1);
      Blocking top = now.blocking().get(0);
      assertThat(top.statement()).isEqualTo("Lock.A");
      assertThat(top.blocks()).extracting(Blocking::statement).containsExactly("Lock.B");
      assertThat(top.blocks().get(0).blocks())
          .extracting(Blocking::statement)
          .containsExactly("Lock.C");
      assertThat(top.blocks().get(0).blocks().get(0).blocks()).isEmpty();

      first.rollback();
      waitsForFirst.get(20, SECONDS);
      second.rollback();
      waitsForSecond.get(20, SECONDS);
    }
    assertThat(sessions.connections(HOUR).blocking()).isEmpty();
  }

  /** A transaction, after a table was made. */
  private static Connection transaction(@Nullable String before, @Nullable String within)
      throws SQLException {
    Connection connection = database.connect();
    try (Statement statement = connection.createStatement()) {
      if (before != null) {
        statement.execute(before);
        statement.execute("create table public.b_lock (id integer)");
      }
      connection.setAutoCommit(false);
      if (within != null) {
        statement.execute(within);
      }
    }
    return connection;
  }

  private static void lock(Connection connection, String name, String table) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("lock /* Lock." + name + " */ table public." + table);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitWaiting(int count) {
    await()
        .atMost(20, SECONDS)
        .until(
            () ->
                sessions.connections(HOUR).sessions().stream()
                        .filter(one -> !one.blockedBy().isEmpty())
                        .count()
                    == count);
  }

  @Test
  void sessionsThatWaitForEachOtherAreShownOnce() {
    Session one = session(1, List.of(2));
    Session two = session(2, List.of(1));
    List<Blocking> tree = Blocking.of(List.of(one, two));
    assertThat(tree).hasSize(1);
    assertThat(tree.get(0).blocks()).hasSize(1);
    assertThat(tree.get(0).blocks().get(0).blocks()).isEmpty();
  }

  private static Session session(int pid, List<Integer> blockedBy) {
    return new Session(pid, null, true, null, null, null, null, null, null, blockedBy);
  }
}
