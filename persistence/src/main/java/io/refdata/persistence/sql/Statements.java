package io.refdata.persistence.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The statements that are sent on behalf of one request: how many, and how long until PostgreSQL
 * answered. Whoever wants to know begins a count on the thread that will do the work, and ends it
 * there. The session, Jdbi and plain JDBC report to it; a batch is one statement.
 */
public final class Statements {
  private static final ThreadLocal<@Nullable Statements> COUNT = new ThreadLocal<>();

  private volatile int count;
  private volatile long nanos;

  private Statements() {}

  /** Counts what this thread sends from now on. */
  public static Statements begin() {
    Statements begun = new Statements();
    COUNT.set(begun);
    return begun;
  }

  /** Counts no more on this thread. */
  public static void end() {
    COUNT.remove();
  }

  /** How a query is run. */
  @FunctionalInterface
  public interface Query {
    ResultSet run() throws SQLException;
  }

  /** Runs a query, and reports it. */
  public static ResultSet query(PreparedStatement statement) throws SQLException {
    return timed(statement::executeQuery);
  }

  /** Runs a query that is not run as others are, and reports it. */
  public static ResultSet timed(Query query) throws SQLException {
    long start = System.nanoTime();
    try {
      return query.run();
    } finally {
      sent(System.nanoTime() - start);
    }
  }

  /** Reports a statement that this thread has sent. */
  static void sent(long duration) {
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

  /** The time until the answers began to come, in nanoseconds. */
  public long nanos() {
    return nanos;
  }
}
