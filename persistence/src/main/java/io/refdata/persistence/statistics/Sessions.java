package io.refdata.persistence.statistics;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSourceMetrics;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration;
import io.refdata.persistence.sql.Acquisitions;
import io.refdata.persistence.statistics.PooledConnections.Use;
import io.refdata.settings.Setting;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** The pool of connections, and the sessions of the database. */
@ApplicationScoped
public class Sessions {
  /** From this time on a connection counts as leaked, in milliseconds; 0: never. */
  private static final Duration LEAKED = Duration.ofMillis(Setting.POOL_LEAK_DETECTION.number());

  private static final Duration LONG = Setting.LONG_TRANSACTION.time();

  @Resource(lookup = "java:jboss/datasources/refdata")
  private DataSource dataSource;

  @Inject private Jdbi jdbi;
  @Inject private StatementSamples samples;
  private PooledConnections pooled;

  /** For the CDI container only. */
  @SuppressWarnings("NullAway.Init")
  public Sessions() {}

  /** Those of a pool, which it watches from now on. */
  Sessions(AgroalDataSource pool, Jdbi jdbi) {
    this.dataSource = pool;
    this.jdbi = jdbi;
    this.samples = new StatementSamples(jdbi);
    this.pooled = PooledConnections.of(pool);
  }

  void begin(@Observes @Initialized(ApplicationScoped.class) Object started) {
    pooled = PooledConnections.of(pool());
  }

  /**
   * The pool.
   *
   * @param waiting threads that wait for a connection
   * @param acquisitionP95Ms how long 95 of 100 waits took at most; null if there were none
   * @param leaks the connections that are held for too long
   * @param connections those that have been borrowed at least once
   */
  public record Pool(
      long active,
      long idle,
      long waiting,
      int min,
      int max,
      @Nullable Double acquisitionP95Ms,
      List<Leak> leaks,
      List<PooledConnection> connections) {}

  /**
   * A connection that is held for too long.
   *
   * @param statement the name of its last statement; null if it has none
   */
  public record Leak(
      int pid, Instant since, String thread, @Nullable String statement, @Nullable String query) {}

  /** All of it, at one moment. */
  public record Connections(
      Pool pool, List<Session> sessions, List<Session> longTransactions, List<Blocking> blocking) {}

  /**
   * The connections now.
   *
   * @param window the span of time of the waits for a connection
   */
  public Connections connections(Duration window) {
    return connections(window, LEAKED, LONG);
  }

  Connections connections(Duration window, Duration leaked, Duration longTransaction) {
    samples.write();
    List<Session> sessions = sessions();
    Instant before = Instant.now().minus(longTransaction);
    List<Session> lengthy = new ArrayList<>();
    for (Session session : sessions) {
      Instant since = session.transactionSince();
      if (since != null && since.isBefore(before)) {
        lengthy.add(session);
      }
    }
    return new Connections(
        poolNow(window, leaked, sessions), sessions, lengthy, Blocking.of(sessions));
  }

  private static List<Leak> leaks(
      Duration leaked, List<Use> uses, Map<Integer, Session> sessionsByPid) {
    if (leaked.isZero()) {
      return List.of();
    }
    Instant before = Instant.now().minus(leaked);
    List<Leak> leaks = new ArrayList<>();
    for (Use use : uses) {
      Session session = sessionsByPid.get(use.pid());
      if (session != null && use.thread() != null && use.since().isBefore(before)) {
        leaks.add(
            new Leak(use.pid(), use.since(), use.thread(), session.statement(), session.query()));
      }
    }
    return leaks;
  }

  private Pool poolNow(Duration window, Duration leaked, List<Session> sessions) {
    Map<Integer, Session> sessionsByPid =
        sessions.stream().collect(Collectors.toMap(Session::pid, Function.identity()));
    List<Use> uses = pooled.all();
    AgroalDataSourceMetrics metrics = pool().getMetrics();
    AgroalConnectionPoolConfiguration bounds =
        pool().getConfiguration().connectionPoolConfiguration();
    return new Pool(
        metrics.activeCount(),
        metrics.availableCount(),
        metrics.awaitingCount(),
        bounds.minSize(),
        bounds.maxSize(),
        acquisition(window),
        leaks(leaked, uses, sessionsByPid),
        uses.stream().map(use -> PooledConnection.of(use, sessionsByPid.get(use.pid()))).toList());
  }

  private @Nullable Double acquisition(Duration window) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select p95_ms from performance_monitoring.latencies(make_interval(secs => :seconds))
                     where name = :name
                    """)
                .bind("seconds", window.toSeconds())
                .bind("name", Acquisitions.NAME)
                .mapTo(Double.class)
                .findOne()
                .orElse(null));
  }

  /** The sessions of clients of this database, without the one that asks. */
  private List<Session> sessions() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select a.pid, a.application_name as application,
                           a.application_name in ('refdata', 'refdata-alerts', 'refdata-samples') as own, a.state,
                           substring(a.query from '^\\s*[A-Za-z]+ /\\* ([A-Za-z0-9_.]+) \\*/') as statement,
                           left(a.query, 1000) as query, a.state_change as since, a.xact_start as transaction_since,
                           a.wait_event_type || ': ' || a.wait_event as waits_for,
                           case when a.wait_event_type = 'Lock' then pg_blocking_pids(a.pid) else '{}' end as blocked_by
                      from pg_stat_activity a
                     where a.backend_type = 'client backend' and a.datname = current_database()
                       and a.pid <> pg_backend_pid()
                     order by a.xact_start nulls last, a.pid
                    """)
                .map(ConstructorMapper.of(Session.class))
                .list());
  }

  private AgroalDataSource pool() {
    return (AgroalDataSource) dataSource;
  }
}
