package io.refdata.persistence.statistics;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.agroal.api.AgroalDataSource;
import io.refdata.db.MigratedDatabase;
import io.refdata.persistence.Database;
import io.refdata.server.Pool;
import io.refdata.settings.Setting;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pool as the server configures it: it follows the load, and gives out no dead connection. */
@SuppressWarnings("NullAway.Init")
class PoolIT {
  private static final int MIN = 2;
  private static final int MAX = 6;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration IDLE = Duration.ofMillis(50);

  private MigratedDatabase database;
  private AgroalDataSource pool;

  @BeforeEach
  void start() throws SQLException {
    database = MigratedDatabase.create();
    settings().forEach((setting, value) -> System.setProperty(setting.property(), value));
    try {
      pool = AgroalDataSource.from(Pool.configuration());
    } finally {
      settings().keySet().forEach(setting -> System.clearProperty(setting.property()));
    }
  }

  private Map<Setting, String> settings() {
    return Map.of(
        Setting.DB_URL,
        database.url(),
        Setting.DB_USER,
        database.user(),
        Setting.DB_PASSWORD,
        database.password(),
        Setting.POOL_MIN,
        Integer.toString(MIN),
        Setting.POOL_MAX,
        Integer.toString(MAX),
        Setting.POOL_IDLE_REMOVAL,
        "PT1S",
        Setting.POOL_IDLE_VALIDATION,
        Long.toString(IDLE.toMillis()),
        // So long that only the validation of idle connections finds dead ones here.
        Setting.POOL_VALIDATION,
        "3600000");
  }

  @AfterEach
  void stop() {
    pool.close();
    database.close();
  }

  private List<Connection> borrow(int count) throws SQLException {
    List<Connection> borrowed = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      borrowed.add(pool.getConnection());
    }
    return borrowed;
  }

  private static void giveBack(List<Connection> borrowed) throws SQLException {
    for (Connection connection : borrowed) {
      connection.close();
    }
  }

  private long backends() throws SQLException {
    try (Connection own = database.dataSource().getConnection()) {
      return number(
          own,
          "select count(*) from pg_stat_activity where datname = current_database() and"
              + " application_name = 'refdata'");
    }
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  @Test
  void thePoolGrowsWithTheLoadAndShrinksWithoutIt() throws SQLException {
    await().atMost(20, SECONDS).until(() -> backends() == MIN);
    List<Connection> borrowed = borrow(MAX);
    assertThat(backends()).isEqualTo(MAX);
    giveBack(borrowed);
    await().atMost(20, SECONDS).until(() -> backends() == MIN);
    assertThat(pool.getMetrics().availableCount()).isEqualTo(MIN);
  }

  @Test
  void afterAllSessionsWereEndedTheNextBorrowersGetLiveOnes() throws Exception {
    giveBack(borrow(MAX));
    long idleSince = System.nanoTime();
    try (Connection own = database.dataSource().getConnection()) {
      assertThat(
              number(
                  own,
                  "select count(pg_terminate_backend(pid, 10000)) from pg_stat_activity where"
                      + " datname = current_database() and application_name = 'refdata'"))
          .isEqualTo(MAX);
    }
    await()
        .atMost(20, SECONDS)
        .until(() -> backends() == 0 && System.nanoTime() - idleSince > IDLE.toNanos());
    List<Connection> borrowed = borrow(MAX);
    for (Connection connection : borrowed) {
      assertThat(number(connection, "select 1")).isOne();
    }
    giveBack(borrowed);
    assertThat(pool.getMetrics().invalidCount()).isEqualTo(MAX);
  }

  /** A watched connection that was cut off while it was borrowed is not lost to the pool. */
  @Test
  void connectionsThatAreCutOffInUseAreReplaced() throws Exception {
    Sessions watching = new Sessions(pool, Database.of(pool));
    for (int round = 0; round < 3; round++) {
      List<Connection> borrowed = borrow(MAX);
      try (Connection own = database.dataSource().getConnection()) {
        number(
            own,
            "select count(pg_terminate_backend(pid, 10000)) from pg_stat_activity where"
                + " datname = current_database() and application_name = 'refdata'");
      }
      for (Connection connection : borrowed) {
        assertThatThrownBy(() -> number(connection, "select 1")).isInstanceOf(SQLException.class);
      }
      giveBack(borrowed);
      await().atMost(20, SECONDS).until(() -> backends() == 0 || isIdle());
    }
    List<Connection> borrowed = borrow(MAX);
    assertThat(number(borrowed.get(MAX - 1), "select 1")).isOne();
    giveBack(borrowed);
    assertThat(watching.connections(HOUR).pool().active()).isLessThanOrEqualTo(1);
  }

  /** True once all connections have been idle for long enough to be asked. */
  private boolean isIdle() {
    return pool.getMetrics().activeCount() == 0;
  }

  @Test
  void theStateOfEachConnectionIsShown() throws SQLException {
    Sessions sessions = new Sessions(pool, Database.of(pool));
    Connection borrowed = pool.getConnection();
    int pid = (int) number(borrowed, "select /* PoolIT.ask */ pg_backend_pid()");
    PooledConnection inUse = one(sessions, pid);
    assertThat(inUse.state()).isEqualTo(PooledConnection.State.IN_USE);
    assertThat(inUse.thread()).isEqualTo(Thread.currentThread().getName());
    assertThat(inUse.statement()).isEqualTo("PoolIT.ask");
    assertThat(inUse.borrowed()).isOne();

    borrowed.close();
    giveBack(borrow(MAX));
    PooledConnection idle = one(sessions, pid);
    assertThat(idle.state()).isEqualTo(PooledConnection.State.IDLE);
    assertThat(idle.thread()).isNull();
    assertThat(idle.since()).isAfter(inUse.since());
    assertThat(idle.borrowed()).isGreaterThan(1);
    await()
        .atMost(20, SECONDS)
        .until(() -> sessions.connections(HOUR).pool().connections().size() <= MIN);
  }

  private static PooledConnection one(Sessions sessions, int pid) {
    return sessions.connections(HOUR).pool().connections().stream()
        .filter(connection -> connection.pid() == pid)
        .findFirst()
        .orElseThrow();
  }
}
