package io.refdata.persistence.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Counts the statements of one request, and the time until PostgreSQL answered them. A count begins
 * and ends on the thread that does the work. The session, Jdbi and plain JDBC record their
 * statements here; a batch is one statement.
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
  public interface Query {
    ResultSet run() throws SQLException;
  }

  /** Runs a query, and records it. */
  public static ResultSet query(PreparedStatement statement) throws SQLException {
    return timed(statement::executeQuery);
  }

  /** Runs a query in a way of its own, and records it. */
  public static ResultSet timed(Query query) throws SQLException {
    long start = System.nanoTime();
    try {
      return query.run();
    } finally {
      record(System.nanoTime() - start);
    }
  }

  /** Records a statement that this thread has record. */
  static void record(long duration) {
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
