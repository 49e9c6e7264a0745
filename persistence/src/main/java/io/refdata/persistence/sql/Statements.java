package io.refdata.persistence.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Counts the statements of one request, and the time until PostgreSQL answered them. A count begins
 * and ends on the thread that does the work. The session, Jdbi and plain JDBC record their
 * statements here, each with its name ({@link StatementTimes}); a batch is one statement.
 */
public final class Statements {
  private static final ThreadLocal<@Nullable Statements> COUNT = new ThreadLocal<>();

  private volatile int count;
  private volatile long nanos;

  private Statements() {}

  /** Begins to count the statements of this thread. */
  public static Statements begin() {
    Statements begun = new Statements();
    COUNT.set(begun);
    return begun;
  }

  /** Ends the count of this thread. */
  public static void end() {
    COUNT.remove();
  }

  /** Runs a query. */
  @FunctionalInterface
  interface Query {
    ResultSet run() throws SQLException;
  }

  /** Runs a query of a name, and records it. */
  public static ResultSet query(String name, PreparedStatement statement) throws SQLException {
    return timed(name, statement, statement::executeQuery);
  }

  /** Runs several queries of one text, and records them as one; the result of the first. */
  public static ResultSet queryAll(String name, PreparedStatement statement) throws SQLException {
    return timed(
        name,
        statement,
        () -> {
          statement.execute();
          return statement.getResultSet();
        });
  }

  /** Runs a query in a way of its own, and records it. */
  static ResultSet timed(String name, PreparedStatement statement, Query query)
      throws SQLException {
    long start = System.nanoTime();
    try {
      return query.run();
    } finally {
      record(name, System.nanoTime() - start, statement);
    }
  }

  /**
   * Records a statement that this thread has sent.
   *
   * @param name null if it has none
   * @param statement has the values; null if they are unknown
   */
  static void record(@Nullable String name, long duration, @Nullable Statement statement) {
    if (name != null) {
      StatementTimes.of(name).record(duration, statement);
    }
    shared(duration);
  }

  /**
   * Counts a statement that another thread, or this one before, has sent for several requests.
   *
   * @param duration the time until PostgreSQL answered it, in nanoseconds
   */
  public static void shared(long duration) {
    Statements counting = COUNT.get();
    if (counting != null) {
      counting.add(duration);
    }
  }

  @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes, any may read
  private void add(long duration) {
    count++;
    nanos += duration;
  }

  public int count() {
    return count;
  }

  /** The time until the results began to arrive, in nanoseconds. */
  public long nanos() {
    return nanos;
  }
}
