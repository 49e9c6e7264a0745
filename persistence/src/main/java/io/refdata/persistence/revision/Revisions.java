package io.refdata.persistence.revision;

import io.refdata.domain.load.Load;
import io.refdata.domain.revision.Author;
import io.refdata.domain.revision.Revision;
import io.refdata.persistence.freshness.Change;
import io.refdata.persistence.freshness.Versions;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.hibernate.envers.AuditReaderFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/** Opens revisions for writers, and finds the revision that an instant stands for. */
@ApplicationScoped
public class Revisions {
  private static final String NOT_PAST = "22008";

  /** The longest that a request waits for a topic that a load may hold. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /**
   * Finds the revision, when it was stamped, when the next one was, and, if there is none yet, the
   * latest revision of some moment that has just passed: mostly it is the same.
   */
  private static final String FIND =
      """
      select a.rev, (select r.at from ref.revision r where r.rev = a.rev), a.next, a.passed,
             case when a.next is null and a.passed > :at then ref.revision_as_of(:topic, a.passed) end
        from (select ref.revision_as_of(:topic, :at) as rev,
                     (select min(r.at) from ref.revision r where r.topic = :topic and r.at > :at) as next,
                     clock_timestamp() - interval '1 ms' as passed
              offset 0) a
      """;

  private static final String KNOWN = "select ref.revision_known_at(:topic, :at)";

  @PersistenceContext private EntityManager entities;
  @Inject private Jdbi jdbi;
  @Inject private Versions versions;

  @Resource(lookup = "java:jboss/TransactionManager")
  private TransactionManager transactions;

  private final KnownRevisions known = new KnownRevisions();

  /** For the CDI container only. */
  @SuppressWarnings("NullAway.Init")
  public Revisions() {}

  /** For a database outside the container; only for {@link #asOf}, not to open revisions. */
  @SuppressWarnings("NullAway.Init")
  public Revisions(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Begins a write of reference data through the entity manager, in the current transaction. It
   * waits for earlier writers, and sets the author of the revision that Envers will create if
   * anything changes. To be called before anything is read that the write depends on.
   *
   * @return the change, to which the writer adds the dependencies that it changes; it is settled
   *     when the transaction is over
   */
  public Change open(Author author) {
    jdbi.useHandle(handle -> handle.execute("select ref.lock_topic(?)", Revision.REFERENCE_DATA));
    return openLocked(author);
  }

  /** The same for a transaction that holds the lock of the reference data already. */
  public Change openLocked(Author author) {
    AuditReaderFactory.get(entities).getCurrentRevision(Revision.class, false).signedBy(author);
    return change();
  }

  /**
   * Opens the revision of a load in the transaction of the handle; waits for earlier writers of the
   * topic.
   *
   * @return its number
   */
  public static int open(Handle handle, int topic, Load load) {
    return open(
        handle,
        topic,
        new Author(load.by(), load.reason(), load.requestId()),
        load.id(),
        load.publishedAt(),
        Duration.ZERO);
  }

  /**
   * Opens the revision of a push in the transaction of the handle; waits for earlier writers of the
   * topic, at most for {@link #PATIENCE}.
   *
   * @return its number
   */
  public static int open(Handle handle, int topic, Author author) {
    return open(handle, topic, author, null, null, PATIENCE);
  }

  /**
   * Opens the revision of a removal, which publishes nothing: it counts as published when what the
   * topic holds was. Waits for earlier writers of the topic, at most for {@link #PATIENCE}.
   *
   * @return its number
   */
  public static int openRemoval(Handle handle, int topic, Author author) {
    lock(handle, topic);
    return open(handle, topic, author, null, latestPublication(handle, topic), PATIENCE);
  }

  /** When what a topic holds was published; null if nothing was written to it yet. */
  private static @Nullable Instant latestPublication(Handle handle, int topic) {
    return handle
        .createQuery("select ref.latest_publication(:topic)")
        .bind("topic", topic)
        .mapTo(OffsetDateTime.class)
        .findFirst()
        .map(OffsetDateTime::toInstant)
        .orElse(null);
  }

  private static int open(
      Handle handle,
      int topic,
      Author author,
      @Nullable Long load,
      @Nullable Instant published,
      Duration patience) {
    return handle
        // The lock_timeout comes first in the text, so it is set first.
        .createQuery(
            "select set_config('lock_timeout', :patience, true),"
                + " ref.open_revision(:topic, :by, :reason, :load, :request, :published) as opened")
        .bind("patience", patience.toMillis() + "ms")
        .bind("topic", topic)
        .bind("by", author.by())
        .bind("reason", author.reason())
        .bind("load", load)
        .bind("request", author.requestId())
        .bind("published", published == null ? null : published.atOffset(ZoneOffset.UTC))
        .map((row, context) -> row.getInt("opened"))
        .one();
  }

  /** From here on, no statement of the transaction waits for a lock longer than requests do. */
  public static void limitWaits(Handle handle) {
    handle.execute("select set_config('lock_timeout', ?, true)", PATIENCE.toMillis() + "ms");
  }

  /**
   * Holds the lock of a topic until the transaction of the handle ends; waits for earlier writers,
   * at most for {@link #PATIENCE}.
   */
  public static void lock(Handle handle, int topic) {
    limitWaits(handle);
    handle.execute("select ref.lock_topic(?)", topic);
  }

  /**
   * A change that is settled when the transaction is over. Hibernate hears of that first, so its
   * own caches are up to date by then.
   */
  private Change change() {
    Change change = versions.begin();
    try {
      transactions
          .getTransaction()
          .registerSynchronization(
              new Synchronization() {
                private boolean committing;

                /** Not called before a transaction is rolled back. */
                @Override
                public void beforeCompletion() {
                  committing = true;
                }

                @Override
                public void afterCompletion(int status) {
                  if (status == Status.STATUS_COMMITTED) {
                    change.committed();
                  } else if (!committing) {
                    change.rolledBack();
                  }
                  change.close();
                }
              });
    } catch (RollbackException | SystemException e) {
      throw new IllegalStateException("The transaction cannot go on", e);
    }
    return change;
  }

  /**
   * The number of the latest revision of a topic at an instant, inclusive; 0 if there was none.
   * Empty if the instant is not past. The result never changes.
   */
  public Optional<Integer> asOf(int topic, Instant at) {
    Optional<Integer> found = known.find(topic, at);
    return found.isPresent() ? found : find(topic, at);
  }

  /**
   * The number of the latest revision of a topic that was published by an instant; 0 if there was
   * none. Empty if the instant is not past. The result may rise, since what was published by then
   * may still be recorded; but only if the latest revision of all was published by then.
   */
  public Optional<Integer> knownAt(int topic, Instant at) {
    return find(KNOWN, topic, at, (row, context) -> row.getInt(1));
  }

  /**
   * The instant of the latest revision of a topic at an instant; {@link Instant#MIN} if there was
   * none. Empty if it was not asked for by {@link #asOf} lately.
   */
  Optional<Instant> stamp(int topic, Instant at) {
    return known.stamp(topic, at);
  }

  private Optional<Integer> find(int topic, Instant at) {
    return find(FIND, topic, at, (row, context) -> remembered(topic, at, row));
  }

  private Optional<Integer> find(String query, int topic, Instant at, RowMapper<Integer> revision) {
    try {
      return Optional.of(
          jdbi.withHandle(
              handle ->
                  handle
                      .createQuery(query)
                      .bind("topic", topic)
                      .bind("at", OffsetDateTime.ofInstant(at, ZoneOffset.UTC))
                      .map(revision)
                      .one()));
    } catch (UnableToExecuteStatementException e) {
      if (e.getCause() instanceof SQLException sql && NOT_PAST.equals(sql.getSQLState())) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private int remembered(int topic, Instant at, ResultSet row) throws SQLException {
    int revision = row.getInt(1);
    Instant stamped = instant(row, 2);
    // A revision that was stamped while the function waited is not in the statement's snapshot.
    if (revision == 0 || stamped != null) {
      known.add(topic, stamped == null ? Instant.MIN : stamped, until(at, revision, row), revision);
    }
    return revision;
  }

  /** The last instant of which the row says that a revision is the latest. */
  private static Instant until(Instant at, int revision, ResultSet row) throws SQLException {
    Instant next = instant(row, 3);
    if (next != null) {
      return next.minus(1, ChronoUnit.MICROS);
    }
    Integer later = row.getObject(5, Integer.class);
    Instant passed = instant(row, 4);
    return later != null && later == revision && passed != null ? passed : at;
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
